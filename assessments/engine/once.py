"""Values that are worked out when first asked for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


class once(Generic[T]):
    """An attribute that is worked out when first asked for, and kept.

    As `functools.cached_property`, without the lock that makes that one slow in Python 3.11: what uses it lives for
    one post in one thread.
    """

    def __init__(self, find: Callable[[Any], T]) -> None:
        self._find, self._name, self.__doc__ = find, find.__name__, find.__doc__

    def __get__(self, instance: Any, owner: type) -> T:
        found = instance.__dict__[self._name] = self._find(instance)
        return found


class Remembered(dict[K, V]):
    """A dictionary that finds out what is missing, and forgets everything when it holds `most`."""

    def __init__(self, find: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._find, self._most = find, most

    def __missing__(self, key: K) -> V:
        found = self._find(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = found
        return found
