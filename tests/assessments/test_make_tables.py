"""The commands that make the engine's tables anew: the same table from the same source, and a clear word otherwise."""

import runpy

import pytest
from django.core.management import CommandError, call_command

CONFUSABLES = (
    "\ufeff# confusables.txt\n# Version: 99.0.0\n"
    "0430 ;\t0061 ;\tMA\t# ( а → a )\n"  # looks like a Latin letter
    "1D41A ;\t0061 ;\tMA\t# ( 𝐚 → a )\n"  # is one, in another form
    "0031 ;\t006C ;\tMA\t# ( 1 → l )\n"  # ASCII itself
    "05AD ;\t0596 ;\tMA\t# two accents\n"
    "11700 ;\t0072 006E ;\tMA\t# ( 𑜀 → rn )\n"
)


def made(command, *files, output):
    call_command(command, *map(str, files), "--output", str(output), verbosity=0)
    return runpy.run_path(str(output))


def test_only_letters_that_need_a_table_come_into_it(tmp_path):
    source = tmp_path / "confusables.txt"
    source.write_text(CONFUSABLES, encoding="utf-8")

    module = made("make_confusables", source, output=tmp_path / "made.py")

    assert module["LOOKALIKES"] == {"a": "\u0430", "m": "\U00011700"}
    assert "version 99.0.0" in module["__doc__"]


def test_another_file_is_refused_and_nothing_written(tmp_path):
    source = tmp_path / "notes.txt"
    source.write_text("no table", encoding="utf-8")

    with pytest.raises(CommandError, match=r"is not Unicode's confusables\.txt"):
        made("make_confusables", source, output=tmp_path / "made.py")
    with pytest.raises(CommandError, match="Cannot read"):
        made("make_confusables", tmp_path / "none", output=tmp_path / "made.py")
    assert not (tmp_path / "made.py").exists()


def test_english_is_made_of_plain_words(tmp_path):
    (tmp_path / "one").write_text("zebra\nApple\ncan't\nbe\nx\n")
    (tmp_path / "two").write_text("zebra\ncaf\u00e9\napple\n", encoding="latin-1")

    module = made("make_english", tmp_path / "one", tmp_path / "two", output=tmp_path / "made.py")

    assert module["ENGLISH"] == {"a", "i", "apple", "be", "zebra"}


def test_too_many_words_are_refused(tmp_path):
    (tmp_path / "many").write_text("\n".join("a" * length for length in range(2, 600)))

    with pytest.raises(CommandError, match="at most"):
        made("make_english", tmp_path / "many", output=tmp_path / "made.py")
