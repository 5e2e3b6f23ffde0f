"""Schemathesis reads the schema and tries everything that it allows, and what it forbids, on the application itself.

EXAMPLES=1000 tries harder than every test run does.
"""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config.wsgi import application
from tests import factories

EXAMPLES = int(os.environ.get("EXAMPLES", "10"))
USUAL = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=EXAMPLES < 100,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)

# Emoji alone, a link that nobody may read, a report that is gone, an Idempotency-Key that was used.
BEYOND_A_SCHEMA = (
    "#problem-not-accepted",
    "#problem-link-not-read",
    "#problem-gone",
    "#problem-used-for-something-else",
)

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def caller(published, program):
    """A program that may do everything. The connection stays open between its calls: the test's rows are in it."""
    factories.an_assessment()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield program()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def hold(case, response, headers):
    """Hold an answer against the schema. What only an action can know may be refused beside it."""
    beyond = response.status_code in (410, 422) and response.json()["type"].endswith(BEYOND_A_SCHEMA)
    excluded = [positive_data_acceptance] if beyond else []
    case.validate_response(response, headers=headers, transport_kwargs={"headers": headers}, excluded_checks=excluded)


@SCHEMA.parametrize()
@USUAL
def test_nothing_that_the_schema_allows_or_forbids_is_a_surprise(case, caller):
    headers = {"Authorization": f"Bearer {caller.secret}"}

    hold(case, case.call(headers=headers), headers)


def test_what_was_made_is_fetched_flagged_and_made_again(caller):
    headers = {"Authorization": f"Bearer {caller.secret}"}

    class Story(SCHEMA.as_state_machine()):
        def get_call_kwargs(self, case):
            return {"headers": headers}

        def validate_response(self, response, case, **about):
            hold(case, response, headers)

    few = settings(USUAL, max_examples=max(3, EXAMPLES // 20), stateful_step_count=5)
    run_state_machine_as_test(Story, settings=few)
