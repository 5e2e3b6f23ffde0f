"""`manage.py make_english FILE…`: the list of common English words, made anew from word lists, one word a line.

For maintainers, hardly ever. The lists are those of SCOWL (Debian package `scowl`, /usr/share/dict/scowl): the words of
english, american, british and british_z in the sizes 10 and 20. It writes assessments/engine/english.py, which is
committed; run the tests of the engine, and move engine.VERSION when the golden record says so.
"""

import textwrap
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

TARGET = Path("assessments/engine/english.py")
SHORTEST = 2  # letters; "a" and "i" are added
LARGEST = 120_000  # bytes
_WIDTH = 1_000  # few long lines: nobody reads them

_HEAD = '''"""Common English words. Machine-made: do not edit, run `manage.py make_english`.

From SCOWL (Spell Checker Oriented Word Lists) 2020.12.07, sizes 10 and 20, http://wordlist.sourceforge.net: Copyright
2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the associated
scripts, the output created from the scripts, and its documentation for any purpose is hereby granted without fee,
provided that the above copyright notice appears in all copies and that both that copyright notice and this permission
notice appear in supporting documentation. Kevin Atkinson makes no representations about the suitability of this array
for any purpose. It is provided "as is" without express or implied warranty. Its own sources of these sizes (Moby Words
by Grady Ward, the UK English Wordlist by Brian Kelk, 12Dicts by Alan Beale) are in the public domain.
"""

ENGLISH = frozenset(
    """
'''


class Command(BaseCommand):
    help = "Makes assessments/engine/english.py from word lists, one word a line."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="Word lists, one word a line")
        parser.add_argument("--output", default=settings.BASE_DIR / TARGET, help=f"The module; {TARGET} by default.")

    def handle(self, *, files, output, **options):
        words = {"a", "i"}
        for file in files:
            try:
                lines = Path(file).read_text(encoding="latin-1").split()
            except OSError as error:
                raise CommandError(f"Cannot read {file}: {error.strerror}.") from error
            words.update(line for line in lines if _is_word(line))
        body = textwrap.fill(" ".join(sorted(words)), _WIDTH)
        if len(body) > LARGEST:
            raise CommandError(f"That is {len(body)} bytes of words; {LARGEST} at most. Give fewer or shorter lists.")
        Path(output).write_text(f'{_HEAD}{body}\n""".split()\n)\n', encoding="utf-8")
        self.stdout.write(f"{len(words)} words, {len(body)} bytes.")


def _is_word(line):
    return line.isascii() and line.isalpha() and line.islower() and len(line) >= SHORTEST
