"""A content dictionary as files: the way back from `read_content`, in the layout of assessments/content.

The same content gives the same bytes on every machine, whatever version of a YAML library it has: the few forms that
are needed are written here. Reading the files gives the same content in the same order, and writing that again the same
bytes. Comments are not content: those of files that were read before are lost. Pure: no files, no database.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

WIDTH = 118
LONGEST_RUN = 1_000_000  # characters of entries in one file: far from what the reader refuses
HEAD = "# Written by an export. Comments that stood in the files before are not kept.\n\n"

# What YAML reads as something else than a text.
_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
# Texts that need no quotes: they begin with a letter, and hold nothing that YAML could take for a sign.
_PLAIN = re.compile(r"[A-Za-z](?:[0-9A-Za-z\u00c0-\u024f]|[-_ ,.;'’()/%?!+&=…–]|:(?=[^\s:]))*\Z")
# What must not stand in a file as it is: control characters, strange spaces, signs that change the direction.
_HIDDEN = re.compile(
    r"[^\x20-\x7e\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    r"\U00010000-\U0010ffff]"
)
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


class _Run(NamedTuple):
    """Entries that follow each other and stand in one file, and what they have in common."""

    name: str
    shared: dict[str, Any]
    entries: list[dict[str, Any]]


def files_of(content: Mapping[str, Any]) -> dict[str, bytes]:
    """Path -> UTF-8 bytes, in the order of reading. `content` may have mistakes: it is written as it is."""
    files = {
        "checklist.yaml": {name: content[name] for name in ("format", "checklist")},
        "levels.yaml": {"levels": content["levels"]},
        **dict(_sections(content["sections"])),
        **_folder("word_classes", content["word_classes"], ()),
        **_folder("claims", content["claims"], ("topic",)),
        **_folder("signals", content["signals"], ("family", "kind")),
        **_folder("titles", content["titles"], ("country",)),
        "sources.yaml": {"sources": content["sources"]},
    }
    return {path: (HEAD + _document(names)).encode("utf-8") for path, names in files.items()}


def _sections(sections: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    width = len(str(len(sections)))
    for place, section in enumerate(sections, 1):
        yield f"sections/{place:0{width}}_{_file_name(section['key'])}.yaml", {"sections": [section]}


def _folder(name: str, entries: list[dict[str, Any]], by: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """The files of one folder. They are read by name: where names alone would change the order, numbers go first."""
    runs = [part for run in _runs(entries, by) for part in _parts(run)]
    names = [f"{run.name}.yaml" for run in runs]
    if names != sorted(set(names)):
        width = len(str(len(runs)))
        names = [f"{place:0{width}}_{run.name}.yaml" for place, run in enumerate(runs, 1)]
    return {
        f"{name}/{file}": ({"shared": run.shared} if run.shared else {}) | {name: run.entries}
        for file, run in zip(names, runs, strict=True)
    }


def _runs(entries: list[dict[str, Any]], by: tuple[str, ...]) -> Iterator[_Run]:
    for values, run in groupby(entries, key=lambda entry: [entry[field] for field in by]):
        shared = dict(zip(by, values, strict=True))
        rest = [{field: value for field, value in entry.items() if field not in by} for entry in run]
        yield _Run(_file_name("_".join(value for value in values if value)) or "all", shared, rest)


def _parts(run: _Run) -> Iterator[_Run]:
    """A run cut where a file would grow too long to be read."""
    part: list[dict[str, Any]] = []
    long = 0
    for entry in run.entries:
        length = len(str(entry))
        if part and long + length > LONGEST_RUN:
            yield run._replace(entries=part)
            part, long = [], 0
        part.append(entry)
        long += length
    yield run._replace(entries=part)


def _file_name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", str(text).lower()).strip("_")[:60]


# --- the YAML itself -------------------------------------------------------------------------------------------------


def _document(names: Mapping[str, Any]) -> str:
    """Top-level names, with an empty line between them and between the entries of a list."""
    parts = []
    for name, value in names.items():
        if isinstance(value, list) and value and all(isinstance(entry, dict) and entry for entry in value):
            entries = ["".join(_entry(entry, 1)) for entry in value]
            parts.append(f"{name}:\n" + "\n".join(entries))
        else:
            parts.append("".join(_named(name, value, 0)))
    return "\n".join(parts)


def _named(name: str, value: Any, depth: int) -> Iterator[str]:
    """`name: value`, at so many steps from the left."""
    key = f"{'  ' * depth}{_text(name, 0)}:"
    if isinstance(value, dict) and value:
        yield f"{key}\n"
        for inner, inner_value in value.items():
            yield from _named(inner, inner_value, depth + 1)
    elif isinstance(value, list) and value:
        yield f"{key}\n"
        for entry in value:
            yield from _entry(entry, depth + 1)
    else:
        yield f"{key} {_scalar(value, depth + 1, len(key) + 1)}\n"


def _entry(value: Any, depth: int) -> Iterator[str]:
    """One entry of a list: a dash, and the value behind it."""
    dash = f"{'  ' * depth}- "
    if isinstance(value, dict) and value:
        lines = [line for name, inner in value.items() for line in _named(name, inner, depth + 1)]
    elif isinstance(value, list) and value:
        lines = [line for inner in value for line in _entry(inner, depth + 1)]
    else:
        yield f"{dash}{_scalar(value, 0, 0)}\n"  # patterns and examples: one line, however long
        return
    yield f"{dash}{lines[0].lstrip()}"
    yield from lines[1:]


def _scalar(value: Any, depth: int, column: int) -> str:
    """One value. A long text is broken into lines at `depth`, unless that is 0; `column` is where it begins."""
    if isinstance(value, str):
        written = _text(value, column)
        return _broken(written, depth, column) if depth else written
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, (dict, list)):
        return "{}" if isinstance(value, dict) else "[]"
    return _number(value)


def _number(value: Any) -> str:
    """A number. YAML 1.1 wants a point in every one that is not whole."""
    written = repr(value)
    return written.replace("e", ".0e") if "e" in written and "." not in written else written


def _text(value: str, column: int) -> str:
    """A text without quotes where nothing can be misread, in single quotes where that is enough, or in double ones."""
    if _PLAIN.match(value) and not value.endswith((" ", ":")) and value.lower() not in _WORDS_OF_YAML:
        return value
    if not _HIDDEN.search(value):
        return "'" + value.replace("'", "''") + "'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _HIDDEN.sub(lambda found: _escape(found[0]), escaped) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    return _SHORT.get(character) or (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")


def _broken(written: str, depth: int, column: int) -> str:
    """A line break counts as one space: so it may stand for every single space between two words."""
    lines, length = [""], column
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", written):
        if lines[-1] and length + 1 + len(word) > WIDTH:
            lines.append("")
            length = 2 * depth
        elif lines[-1]:
            lines[-1] += " "
            length += 1
        lines[-1] += word
        length += len(word)
    return ("\n" + "  " * depth).join(lines)
