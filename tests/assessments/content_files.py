"""Content as files and zips, for the tests of the exchange."""

import io
import zipfile

from assessments import content_loading
from tests import factories


def written(files, folder):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text)
    return folder


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def small_files():
    return content_loading.files_of(factories.small_content())


def a_zip(files, method=zipfile.ZIP_DEFLATED):
    """A zip as anybody's program makes it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()
