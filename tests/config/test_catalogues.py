"""The compiled translations: made where they are missing, refused where they fail."""

from pathlib import Path

import pytest

from config import catalogues

HEADER = """msgid ""
msgstr ""
"Language: ro\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==0 ? 1 : 2);\\n"

msgid "Approved"
msgstr "Aprobat"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "ro" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER, encoding="utf-8")
    return path


def test_a_missing_catalogue_is_compiled_once(tmp_path, source):
    assert catalogues.compile_missing(tmp_path) == [source.with_suffix(".mo")]
    assert b"Aprobat" in source.with_suffix(".mo").read_bytes()
    assert catalogues.compile_missing(tmp_path) == []


def test_a_fuzzy_header_is_refused_in_words(tmp_path, source):
    source.write_text(f"#, fuzzy\n{HEADER}", encoding="utf-8")

    with pytest.raises(catalogues.NotCompiled, match="header is marked fuzzy"):
        catalogues.compile_missing(tmp_path)

    assert not source.with_suffix(".mo").exists()


def test_what_is_no_catalogue_is_refused_in_words(tmp_path, source):
    source.write_text("this is no catalogue\n", encoding="utf-8")

    with pytest.raises(catalogues.NotCompiled, match=r"django\.po"):
        catalogues.compile_missing(tmp_path)
