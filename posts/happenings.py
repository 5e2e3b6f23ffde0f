"""What operators count, said where it happens: lower floors need not know who counts, or whether anybody does.

    happened("submission", outcome="accepted")

A name of a happening and of an outcome is one that stands in the code or in the checklist: never a word of a person,
an address or a key. Whoever listens must be quick and must not fail (config/metrics/counted.py is the only one).
"""

_listeners = []


def listen(listener):
    """Let `listener(name, **about)` hear of everything from now on; twice is once."""
    if listener not in _listeners:
        _listeners.append(listener)


def happened(name, **about):
    """Say that something happened in this process."""
    for listener in _listeners:
        listener(name, **about)
