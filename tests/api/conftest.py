"""Programs that ask: each with a key of its own, made as the admin makes it."""

import json

import pytest
from django.test import Client

from assessments.api.keys import make_key
from assessments.api.models import Scope

ALL = tuple(Scope.values)


class Program:
    """Somebody else's server with a key."""

    def __init__(self, *scopes, **about):
        about = {"per_minute": 1_000_000, "per_day": 1_000_000} | about
        self.key, self.secret = make_key(name="A charity", contact="it@example.org", scopes=scopes or ALL, **about)
        self.client = Client(raise_request_exception=False)

    def headers(self, more):
        return {"Authorization": f"Bearer {self.secret}", **more}

    def get(self, path, **headers):
        return self.client.get(f"/api/v1/{path}", headers=self.headers(headers))

    def post(self, path, body, **headers):
        sent = body if isinstance(body, bytes | str) else json.dumps(body)
        about = {"content_type": headers.pop("content_type", "application/json")}
        return self.client.post(f"/api/v1/{path}", data=sent, headers=self.headers(headers), **about)


@pytest.fixture
def program(db):
    """A function that makes a Program with these scopes (all of them, without any) and quotas."""
    return Program
