"""Strict YAML: what an editor may write in assessments/content, and a clear sentence about everything else.

Stricter than PyYAML's SafeLoader: no key twice, no anchors or aliases (so that no small file can grow into a huge one),
no tags, one document, UTF-8, a size and a depth limit. Dates stay text. It knows nothing of checklists or of Django.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LARGEST_FILE = 5_000_000  # bytes
DEEPEST = 20  # lists and mappings inside each other

_TOO_DEEP = f"Lists and entries stand more than {DEEPEST} deep inside each other."
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast; not everybody has it


class YamlError(ValueError):
    """A file that cannot be read. The message is for the editor; `line` counts from 1, or is 0 when there is none."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its top-level names, and on which line each entry of a top-level list begins."""

    names: dict[str, Any]
    lines: dict[tuple[str, int], int]  # (name, place in the list) -> line; (name, -1) -> line of the name itself


class _Loader(_Base):
    """Builds plain values. Its `yaml_implicit_resolvers`, below, leave dates out: they stay text."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for name_node, _ in node.value:
            name = self.construct_object(name_node, deep=True)
            line = name_node.start_mark.line + 1
            if not isinstance(name, str):
                raise YamlError(
                    f"The name {name_node.value!r} must be in quotes: YAML reads it as {_read_as(name)}.", line
                )
            if name in seen:
                raise YamlError(f"“{name}” stands twice in the same entry.", line)
            seen.add(name)
        return super().construct_mapping(node, deep=True)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":merge", ":value"))]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path) -> Document:
    """Read one file. Raises YamlError with a sentence and, where there is one, a line."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise YamlError(f"The file has {size:,} bytes; at most {LARGEST_FILE:,} are read.")
    try:
        written = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as mistake:
        raise YamlError(f"The file is not UTF-8 text: byte {mistake.start + 1} cannot be read.") from None
    try:
        return _read(written)
    except yaml.MarkedYAMLError as mistake:
        line = mistake.problem_mark.line + 1 if mistake.problem_mark else 0
        if "nesting depth" in str(mistake.problem):  # the parser's own limit may come first
            raise YamlError(_TOO_DEEP, line) from None
        raise YamlError(f"This is not YAML that can be read: {mistake.problem or mistake.context}.", line) from None
    except yaml.reader.ReaderError as mistake:
        line = written.count("\n", 0, mistake.position) + 1 if isinstance(mistake.position, int) else 0
        raise YamlError(
            "There is a character that must not be in a text (a control character, for instance).", line
        ) from None
    except ValueError as mistake:  # a whole number too long for Python, an impossible float…
        if isinstance(mistake, YamlError):
            raise
        raise YamlError(f"A value cannot be read: {mistake}.") from None


def _read(written: str) -> Document:
    _refuse_anchors_and_depth(written)
    loader = _Loader(written)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise YamlError("The file must hold named lists, for instance “claims:”.", 1)
        return Document(loader.construct_document(node), _lines_of(node))
    finally:
        loader.dispose()


def _refuse_anchors_and_depth(written: str) -> None:
    """Looks at the events before anything is built, so that a hostile file costs no more than its own length."""
    depth = 0
    for event in yaml.parse(written, Loader=_Base):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlError("Anchors (&name) and aliases (*name) are not allowed: write the words out.", line)
        if getattr(event, "tag", None):
            raise YamlError(f"Tags such as {event.tag} are not allowed.", line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise YamlError(_TOO_DEEP, line)


def _lines_of(node: Any) -> dict[tuple[str, int], int]:
    lines = {}
    for name, value in node.value:
        lines[name.value, -1] = name.start_mark.line + 1
        if isinstance(value, yaml.SequenceNode):
            for place, entry in enumerate(value.value):
                lines[name.value, place] = entry.start_mark.line + 1
    return lines


def _read_as(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value is None else f"a {type(value).__name__}"
