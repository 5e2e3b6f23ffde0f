"""Pieces of pages that are the same for all readers, drawn once and kept in this process. Never a word of a post.

A piece is kept under everything that it shows: what else a template uses inside of it would be shown to others as it
was for the first. So nothing need be thrown away when a text changes: the new one is another piece.
"""

from collections import OrderedDict
from threading import Lock

# With one language and a few countries a tenth of it is in use; a piece has some hundred to some thousand bytes.
MOST = 2_000


class Pieces:
    """The `most` pieces that were asked for last, by key."""

    def __init__(self, most=MOST):
        self._pieces, self._most, self._lock = OrderedDict(), most, Lock()

    def get(self, key, make):
        """The piece under `key`, which `make()` draws if it is not kept. Two threads may both draw it: no harm."""
        with self._lock:
            piece = self._pieces.get(key)
            if piece is not None:
                self._pieces.move_to_end(key)
                return piece
        piece = make()
        with self._lock:
            self._pieces[key] = piece
            if len(self._pieces) > self._most:
                self._pieces.popitem(last=False)
        return piece

    def __len__(self):
        return len(self._pieces)


pieces = Pieces()
