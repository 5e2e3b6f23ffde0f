"""Everything that reads what others wrote gives an answer or its own refusal, whatever comes.

The laws of links, of their addresses and of the door stand beside those modules, and so do the engine's. Here are all
other parsers. `EXAMPLES=10000` looks longer.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.content_loading.archive import ArchiveError, unpack, zip_of
from assessments.content_loading.strict_yaml import Document, YamlError, read_yaml
from assessments.help_exchange import COLUMNS, ExchangeError, Plan, plan_import
from assessments.post_lines import BadLine, PostLine, read_lines
from posts.intake import PostError, read_author_line, read_text
from posts.links import recognise
from posts.links.answers import Answer, DoorError
from posts.links.not_readable import NotReadable
from posts.links.providers import PROVIDERS
from posts.picture_files import BadPicture, picture_in
from posts.sanitizing import plain_text, text_of_html
from posts.screenshot_lines import Line, words_of
from tests.drawn import a_post, saved
from tests.examples import examples
from tests.platforms_that_answer import BLUESKY, TIKTOK, YOUTUBE

FEW = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def pieces(*of, most=30):
    """Texts of these pieces and of anything else."""
    return st.lists(st.sampled_from(of) | st.text(max_size=4), max_size=most).map("".join)


def said(refusal, read, *args):
    """What `read` gives, or its refusal. Any other error is what these laws look for."""
    try:
        return read(*args)
    except refusal as refused:
        return refused


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
YAML = pieces(
    *(
        "claims:",
        "\n",
        "  ",
        "- ",
        "key: ",
        "&a",
        "*a",
        "!!python/name:os",
        "'",
        '"',
        "|",
        ">",
        "{",
        "}",
        "[",
        "]",
        "? ",
    ),
    "1e999",
)
ZIP = zip_of({"claims.yaml": b"claims: []\n", "signals.yaml": b"signals: []\n" * 20})
PICTURES = [saved(a_post(), kind) for kind in ("PNG", "JPEG", "WEBP")]
BYTES_OF_JSON = JSON.map(lambda value: json.dumps(value).encode())


def broken(whole, data):
    """The file with some bytes changed, or cut off somewhere."""
    changed = bytearray(whole)
    places = st.tuples(st.integers(0, min(len(whole), 400) - 1), st.integers(0, 255))
    for place, byte in data.draw(st.lists(places, max_size=6)):
        changed[place] = byte
    return bytes(changed[: data.draw(st.just(len(whole)) | st.integers(0, len(whole)))])


@FEW
@given(YAML.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=80))
def test_yaml(written):
    with TemporaryDirectory() as folder:
        file = Path(folder) / "claims.yaml"
        file.write_bytes(written)

        found = said(YamlError, read_yaml, file)

    assert isinstance(found, Document) or str(found)


@FEW
@given(st.data())
def test_a_zip_of_files(data):
    with TemporaryDirectory() as folder:
        refused = said(ArchiveError, unpack, broken(ZIP, data), Path(folder) / "inside")

        assert refused is None or str(refused)
        assert {file.suffix for file in Path(folder).rglob("*") if file.is_file()} <= {".yaml", ".yml"}


@pytest.mark.django_db
@FEW
@given(pieces(",", ",", '"', "\n", "\r\n", ";", "GB", "crisis", "1", "=1+1", "\x00") | st.just(""))
def test_a_file_of_help_services(rows):
    written = f"{','.join(COLUMNS)}\n{rows}".encode("utf-8", "surrogatepass")

    found = said(ExchangeError, plan_import, written)

    assert isinstance(found, Plan) or str(found)


@FEW
@given(st.lists(st.binary(max_size=40) | BYTES_OF_JSON | st.just(b'{"text": "a"}')))
def test_lines_of_posts(lines):
    found = list(read_lines(lines, keep=("id", "author")))

    assert len(found) <= len(lines)
    assert all(isinstance(one, PostLine | BadLine) for one in found)


@FEW
@given(
    pieces("https://youtu.be/abcdefghijk", "\r", "\n", "\u200b", "\ud800", "\x00", "\u3164", "word ", "🙄", "\u202e"),
    st.sampled_from([read_text, read_author_line]),
)
def test_what_is_pasted(text, read):
    found = str(said(PostError, read, text))

    assert "\x00" not in found
    assert found.encode() or read is read_author_line


@FEW
@given(pieces("<p>", "</p>", "<script>", "&amp;", "&#0;", "&#x110000;", "<![CDATA[", "<!--", "-->", "<br", ">", "\x00"))
def test_html_that_is_reduced_to_text(written):
    assert isinstance(plain_text(written), str)
    assert isinstance(text_of_html(written), str)


@FEW
@given(st.sampled_from(PICTURES), st.data())
def test_a_picture(whole, data):
    content = broken(whole, data)

    found = said(BadPicture, picture_in, content)

    if isinstance(found, BadPicture):
        assert found.why in {"unknown", "newer", "moving", "broken", "attached"}
    else:
        assert content.startswith(found.content)


# As the reader of pictures gives them: the least and the most of each corner.
SIDES = st.tuples(*[st.floats(-50, 5_000)] * 2).map(sorted)
WRITTEN = st.sampled_from(["9:41", "@quokka", "Dr Quokka", "Follow", "5.6K", "·", "Running cures", ""])
LINES = st.builds(
    lambda text, across, down: Line(text=text, left=across[0], right=across[1], top=down[0], bottom=down[1]),
    WRITTEN | st.text(max_size=30).map(str.strip),
    SIDES,
    SIDES,
)


@FEW
@given(st.lists(LINES, max_size=12))
def test_lines_of_a_screenshot(lines):
    words = words_of(lines)

    assert words == words_of(lines)
    assert {*words.text.split()} <= {part for line in lines for part in line.text.split()}


LINKS = [recognise(address) for address in (BLUESKY, TIKTOK, YOUTUBE)]
NAMES = ("thread", "title", "author_name", "html", "content", "account")
SHAPES = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, JSON))


@FEW
@given(SHAPES | JSON, st.sampled_from(sorted(PROVIDERS)), st.sampled_from(LINKS))
def test_what_a_platform_says(answer, name, link):
    found = said(NotReadable, PROVIDERS[name].words, answer, link)

    assert found.reason if isinstance(found, NotReadable) else found.text.strip()


@FEW
@given(st.binary(max_size=60) | BYTES_OF_JSON)
def test_the_json_of_an_answer(body):
    answer = Answer(address="https://a.example/", status=200, content_type="application/json", body=body)

    found = said(DoorError, answer.json)

    assert isinstance(found, DoorError) or json.dumps(found, ensure_ascii=False).encode()
    assert "\x00" in answer.text() or b"\x00" not in body
    answer.text().encode()
