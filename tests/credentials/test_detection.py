"""What a file is, found from its beginning in one pass."""

import time

import pytest

from recognition.credentials.detection import Kind, kind_of


@pytest.mark.parametrize(
    "opening", [b"<!DOCTYPE", b"<!DOCTYPE[", b"<?", b"<!--", b"<!", b"<!>", b"<a:"]
)
def test_beginnings_without_an_end_are_passed_once(opening: bytes) -> None:
    content = opening * (65536 // len(opening))

    began = time.process_time()
    assert kind_of(content) is Kind.XML
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize(
    ("before", "root", "kind"),
    [
        ("", "svg", Kind.SVG),
        ('<?xml version="1.0"?> <!-- <html> -->', "o:svg", Kind.SVG),
        ('<!DOCTYPE svg [<!ENTITY a "b"><!-- > --> <?a > ?>]>', "svg", Kind.SVG),
        ("<!DOCTYPE html>", "HTML", None),
        ("<!DOCTYPE svg>", "elmo", Kind.XML),
    ],
)
def test_the_first_element_says_what_it_is(
    before: str, root: str, kind: Kind | None
) -> None:
    assert kind_of(f"{before}<{root}></{root}>".encode()) is kind
