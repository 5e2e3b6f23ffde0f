"""The catalogues of translations: `python -m config.messages` (`make messages`) brings them up to date.

It does what `makemessages` and `compilemessages` do, in Python alone: those need GNU gettext, and the product asks for
nothing but pip. The compiled catalogues are kept beside their sources, so that nothing is compiled where it is run.
"""

import io
import re
from pathlib import Path

from babel.messages import extract
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "config" / "locale"
LANGUAGES = ("es", "cy")
CODE = ("config", "posts", "assessments")
# The names that code calls, with the places of what is to be translated; Django's lazy ones are not among Babel's own.
KEYWORDS = extract.DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENTS = ("Translators:",)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>")


def extracted():
    """A Catalog of every string of the code and the templates, without translations."""
    template = Catalog()
    for path in sorted(one for room in CODE for one in (ROOT / room).rglob("*.py")):
        _add(template, path, path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # Django makes something like Python of a template; its indentation means nothing.
        _add(template, path, "\n".join(line.strip() for line in code.splitlines()))
    return template


def po_file(language):
    """Where the translations of a language are written."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language):
    """The Catalog of a language, as it is written."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, domain="django", abort_invalid=True)


def updated(language, template):
    """The Catalog of a language with the strings of `template`: new ones empty, those no longer used left out."""
    catalog = read(language)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def written(catalog):
    """The Catalog as the bytes of a .po file; places without line numbers, which would change all the time."""
    file = io.BytesIO()
    write_po(file, catalog, width=120, include_lineno=False)
    return file.getvalue()


def compiled(catalog):
    """The Catalog as the bytes of a .mo file."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def problems(catalog):
    """What is wrong with a Catalog: (string, sentence) pairs for what is not translated, or loses a placeholder."""
    for message in catalog:
        if not message.id:
            continue
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        translations = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(PLACEHOLDER.findall(originals[-1]))
        # The first form is for one thing only, so it may say "a minute" where the English does.
        first = (wanted, set(PLACEHOLDER.findall(originals[0])))
        if message.fuzzy:
            yield originals[0], "is marked as fuzzy"
        if not all(translations):
            yield originals[0], "is not translated"
        elif set(PLACEHOLDER.findall(translations[0])) not in first or any(
            set(PLACEHOLDER.findall(one)) != wanted for one in translations[1:]
        ):
            yield originals[0], "has other placeholders in the translation"


def _add(template, path, code):
    """Add the strings of one file to the Catalog."""
    place = path.relative_to(ROOT).as_posix()
    found = extract.extract("python", io.BytesIO(code.encode()), KEYWORDS, COMMENTS, strip_comment_tags=False)
    for line, message, comments, context in found:
        template.add(message, None, [(place, line)], auto_comments=comments, context=context)


def main():
    """Bring every catalogue up to date, compile it, and say what is still to be translated."""
    template = extracted()
    for language in LANGUAGES:
        catalog = updated(language, template)
        po_file(language).write_bytes(written(catalog))
        po_file(language).with_suffix(".mo").write_bytes(compiled(read(language)))
        left = list(problems(catalog))
        print(f"{language}: {len(catalog)} strings, {len(left)} to look at")
        for string, sentence in left:
            print(f"  {string!r} {sentence}")


if __name__ == "__main__":
    main()
