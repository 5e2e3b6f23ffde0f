"""The content as text: the only door between the YAML files in assessments/content and the rest of the program.

    read_content() -> the content dictionary: checklist, levels, sections, word_classes, claims, signals, titles…
    read_help()    -> guidance, and help services by country
    read_pages()   -> what the pages beside the report say: support, reporting a post, the appointment card,
                      and the reasons that moderators give
    check_content_dict(content) -> every mistake in a content dictionary, wherever it comes from
    check_patterns(content) -> every pattern of it that the engine cannot read
    files_of(content), zip_of(files) -> the way back: the same content as files, and those as one file
    read_zip(bytes) -> what read_content says of the files in a zip

A file is a few named lists. What all entries of a file have in common stands once, under `shared`. Nothing has a silent
default: a missing field is a mistake, and so is one that nobody knows. Pure: no Django, no database.
"""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from assessments.content_loading.archive import LARGEST_ARCHIVE, ArchiveError, unpack, zip_of
from assessments.content_loading.checks import Check
from assessments.content_loading.patterns import pattern_mistakes
from assessments.content_loading.rules import last_level_always_holds, listed, names_in
from assessments.content_loading.schema import NOTES, content_tables, help_tables, page_tables
from assessments.content_loading.strict_yaml import Document, YamlError, read_yaml
from assessments.content_loading.writing import files_of

__all__ = (
    "CONTENT",
    "LARGEST_ARCHIVE",
    "ArchiveError",
    "ContentError",
    "Problem",
    "check_content_dict",
    "check_patterns",
    "files_of",
    "read_content",
    "read_help",
    "read_pages",
    "read_zip",
    "zip_of",
)

CONTENT = Path(__file__).resolve().parent.parent / "content"
FORMAT = 1
NAME_OF_ENTRY = ("key", "code", "name")

# Which files there are, in the order of reading, and which names each of them may hold.
CONTENT_FILES = (
    ("checklist.yaml", ("format", "checklist")),
    ("levels.yaml", ("levels",)),
    ("sections/*.yaml", ("sections",)),
    ("word_classes/*.yaml", ("word_classes",)),
    ("claims/*.yaml", ("claims",)),
    ("signals/*.yaml", ("signals",)),
    ("titles/*.yaml", ("titles",)),
    ("sources.yaml", ("sources",)),
)
HELP_FILES = (("guidance.yaml", ("guidance",)), ("*.yaml", ("countries",)))
PAGE_FILES = (
    ("support.yaml", ("support_pages",)),
    ("platforms.yaml", ("platforms",)),
    ("appointment.yaml", ("appointment_questions",)),
    ("ruling_reasons.yaml", ("ruling_reasons",)),
)
# Reports name what was found by key alone, so these three may not share a key.
FOUND_BY_KEY = ("claims", "signals", "titles")


class Problem(NamedTuple):
    """One mistake. `file` and `line` are empty and 0 when the content did not come from a file."""

    file: str
    entry: str
    field: str
    message: str
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file} line {self.line}" if self.line else self.file
        where = ", ".join(part for part in (place, self.entry, self.field) if part)
        return f"{where}: {self.message}"


class ContentError(Exception):
    """The content has mistakes. `problems` holds all of them; the text names each on a line of its own."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        count = "one mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        super().__init__(f"The content has {count}:\n" + "\n".join(str(problem) for problem in problems))


def read_content(folder: Path = CONTENT, *, with_notes: bool = False, with_patterns: bool = False) -> dict[str, Any]:
    """Read and check the checklist and its evidence. Raises ContentError with every mistake in every file.

    `with_notes`: with what editors tell each other (an item's `confirm`), which is no part of a snapshot.
    `with_patterns`: whether the engine can read every pattern, too. It says so only where nothing else is wrong.
    """
    read = _Reading(Path(folder), CONTENT_FILES, not_read=("help", "pages"))
    problems = read.problems + check_content_dict(read.content, places=read.places)
    if with_patterns and not problems:
        problems = check_patterns(read.content, places=read.places)
    if problems:
        raise ContentError(_in_order(problems))
    return read.content if with_notes else _without_notes(read.content)


def _without_notes(content: dict[str, Any]) -> dict[str, Any]:
    sections = [
        {**section, "items": [{k: v for k, v in item.items() if k not in NOTES} for item in section["items"]]}
        for section in content["sections"]
    ]
    return {**content, "sections": sections}


def read_zip(sent: bytes) -> dict[str, Any]:
    """Read and check the content in a zip, with patterns. Raises ArchiveError, ContentError."""
    with tempfile.TemporaryDirectory() as folder:
        unpack(sent, Path(folder))
        return read_content(Path(folder), with_notes=True, with_patterns=True)


def read_help(folder: Path = CONTENT / "help") -> dict[str, Any]:
    """Read and check the help services: countries by name, the international directory last. Raises ContentError."""
    read = _Reading(Path(folder), HELP_FILES)
    problems = read.problems + list(_check(read.content, help_tables(), read.places, named_by="code"))
    if not problems and all(country["code"] != "INT" for country in read.content["countries"]):
        problems.append(Problem("", "countries", "", "The international directory, INT, is missing."))
    if problems:
        raise ContentError(_in_order(problems))
    read.content["countries"].sort(key=lambda country: (country["code"] == "INT", country["country"]))
    return read.content


def read_pages(folder: Path = CONTENT) -> dict[str, Any]:
    """Read and check the pages beside the report, with every source by its key. Raises ContentError."""
    read = _Reading(Path(folder) / "pages", PAGE_FILES)
    # What is wrong with the sources themselves, `read_content` says.
    rows = listed(_Reading(Path(folder), (("sources.yaml", ("sources",)),)).content, "sources")
    sources = {_name_of(row): row for row in rows}
    problems = read.problems + list(_check(read.content, page_tables(sources), read.places))
    if problems:
        raise ContentError(_in_order(problems))
    return {**read.content, "sources": sources}


Places = Mapping[tuple[str, int], tuple[str, int]]  # (name of the list, place in it) -> (file, line)


def check_content_dict(content: Any, *, places: Places | None = None) -> list[Problem]:
    """Every mistake in a content dictionary: of the loader, of a frozen draft, of an import. Empty when it is right."""
    if not isinstance(content, dict):
        return [Problem("", "", "", "The content must be a dictionary of named lists.")]
    places = places or {}
    problems = list(_check(content, content_tables(names_in(content)), places, may_have=("format", "version")))
    if content.get("format") != FORMAT or content["format"] is True:  # for Python, true equals 1
        problems.append(
            _problem(places, "format", -1, "", "", f"The format must be {FORMAT}: this program reads no other.")
        )
    for field, message in last_level_always_holds(content.get("levels"), ""):
        problems.append(_problem(places, "levels", -1, "levels", field, message))
    return problems + list(_keys_used_twice(content, places))


def check_patterns(content: dict[str, Any], *, places: Places | None = None) -> list[Problem]:
    """Every pattern and word class that the engine cannot read, of content without any other mistake."""
    return [_problem(places or {}, *mistake) for mistake in pattern_mistakes(content)]


def _check(
    content: dict[str, Any],
    tables: Mapping[str, Check],
    places: Places,
    *,
    named_by: str = "key",
    may_have: tuple[str, ...] = (),
) -> Iterator[Problem]:
    """Runs the tables over the content: a list entry by entry, anything else as a whole."""
    for name in content:
        if name not in tables and name not in may_have:
            yield _problem(places, name, -1, "", name, f"There is nothing called “{name}” in the content.")
    for name, check in tables.items():
        value = content.get(name)
        if name in ("checklist", "guidance"):
            if value is None:
                yield _problem(places, name, -1, name, "", "This is missing.")
            else:
                yield from (_problem(places, name, -1, name, *found) for found in check(value, ""))
        elif not isinstance(value, list) or not value:
            yield _problem(places, name, -1, name, "", "This must be a list with at least one entry.")
        else:
            yield from _check_entries(name, value, check, places, named_by)


def _check_entries(name: str, entries: list[Any], check: Check, places: Places, named_by: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, entry in enumerate(entries):
        called = _name_of(entry) or f"entry {place + 1} of {name}"
        for field, message in check(entry, ""):
            yield _problem(places, name, place, called, field, message)
        if called in seen:
            yield _problem(places, name, place, called, named_by, f"“{called}” stands twice in {name}.")
        seen.add(called)


def _keys_used_twice(content: dict[str, Any], places: Places) -> Iterator[Problem]:
    """Items are unique over all sections; claims, signals and titles among each other."""
    used: dict[str, str] = {}
    for name in FOUND_BY_KEY:
        for place, entry in enumerate(listed(content, name)):
            key = _name_of(entry)
            if key and used.setdefault(key, name) != name:
                yield _problem(
                    places, name, place, key, "key", f"“{key}” is already the key of one of the {used[key]}."
                )
    section_of: dict[str, Any] = {}
    for place, section in enumerate(listed(content, "sections")):
        for item in listed(section, "items"):
            key = _name_of(item)
            if key and section_of.setdefault(key, place) != place:
                yield _problem(
                    places, "sections", place, _name_of(section), f"items.{key}", "Another section has it too."
                )


class _Reading:
    """The files of one folder, put together. Collects the mistakes that are about files rather than about content."""

    def __init__(
        self, folder: Path, files: tuple[tuple[str, tuple[str, ...]], ...], not_read: tuple[str, ...] = ()
    ) -> None:
        self.content: dict[str, Any] = {}
        self.places: dict[tuple[str, int], tuple[str, int]] = {}
        self.problems: list[Problem] = []
        self.folder = folder
        read: set[Path] = set()
        for pattern, names in files:
            paths = [path for path in sorted(folder.glob(pattern)) if path not in read]
            if not paths:
                self.problems.append(Problem(pattern, "", "", "There is no such file."))
            for path in paths:
                self._read(path, names)
            read.update(paths)
        for path in sorted(folder.rglob("*.y*ml")):
            if path not in read and path.relative_to(folder).parts[0] not in not_read:
                self.problems.append(
                    Problem(self._name(path), "", "", "This file is in a place where no file is read.")
                )

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _read(self, path: Path, names: tuple[str, ...]) -> None:
        try:
            document = read_yaml(path)
        except YamlError as mistake:
            self.problems.append(Problem(self._name(path), "", "", str(mistake), mistake.line))
            return
        for name, value in document.names.items():
            if name in names:
                self._take(path, document, name, value)
            elif name != "shared" or document.names.keys().isdisjoint(names):
                message = f"“{name}” does not belong in this file; it holds: {', '.join(names)}."
                self.problems.append(Problem(self._name(path), "", name, message, document.lines[name, -1]))

    def _take(self, path: Path, document: Document, name: str, value: Any) -> None:
        """Adds one named part of a file to the content, with what is shared written into every entry."""
        self.places.setdefault((name, -1), (self._name(path), document.lines[name, -1]))
        if not isinstance(value, list):
            self.content[name] = value
            return
        shared = document.names.get("shared", {})
        if not isinstance(shared, dict):
            self.problems.append(Problem(self._name(path), "", "shared", "This must be an entry with fields."))
            shared = {}
        together = self.content.setdefault(name, [])
        for place, entry in enumerate(value):
            here = self.places[name, len(together)] = (self._name(path), document.lines[name, place])
            for field in shared if isinstance(entry, dict) else ():
                if field in entry:
                    message = "This is said for the whole file under “shared”; say it in one place only."
                    self.problems.append(Problem(here[0], _name_of(entry), field, message, here[1]))
            together.append({**shared, **entry} if isinstance(entry, dict) else entry)


def _problem(places: Places, name: str, place: int, entry: str, field: str, message: str) -> Problem:
    file, line = places.get((name, place), ("", 0))
    return Problem(file, entry, field, message, line)


def _name_of(entry: Any) -> str:
    """What an editor calls this entry: its key, code or name."""
    names = (entry.get(field) for field in NAME_OF_ENTRY) if isinstance(entry, dict) else ()
    return next((name for name in names if isinstance(name, str) and name), "")


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.line))
