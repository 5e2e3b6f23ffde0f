"""The product in front of an internet where every site takes the connection and then says nothing."""

from config.wsgi import application
from posts.links import door
from tests.fake_internet import FakeInternet
from tests.platforms_that_answer import BLUESKY_HOST

__all__ = ["application"]


def _say_nothing(visitor):
    while visitor.recv(4096):
        pass


_internet = FakeInternet()
_internet.serve_raw(BLUESKY_HOST, _say_nothing)
door.INTERNET = _internet.behind_the_door
