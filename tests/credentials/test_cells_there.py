"""Every format has every case, or a reason why that case cannot exist."""

import ast
from pathlib import Path

import pytest

CASES = {
    "good",
    "tampered",
    "expired",
    "revoked",
    "wrong_key",
    "unknown_issuer",
    "undefined_term",
    "foreign_context",
}
# Each module makes the cases of its formats; of a cell that is empty, the reason.
W3C, BADGES_2 = "test_cells_w3c", "test_cells_badges_2"
FORMATS: dict[str, tuple[str, dict[str, str]]] = {
    "Open Badges 3.0": (W3C, {}),
    "Open Badges 3.0 of the first data model": (W3C, {}),
    "W3C credential": (W3C, {}),
    "CLR 2.0": (W3C, {}),
    "Open Badges 2.0, signed": (BADGES_2, {}),
    "Open Badges 2.0, hosted": (BADGES_2, {}),
    "European Digital Credential": ("test_european", {}),
    "ELMO": (
        "test_elmo",
        {
            "expired": "a transcript names no end; one from the future is shown",
            "revoked": "a transcript names no status list",
            "undefined_term": "the signature covers the text; unknown elements are not "
            "read",
            "foreign_context": "namespaces stand in the text; another one is another "
            "format",
        },
    ),
    "PDF": (
        "test_pdf",
        {
            "revoked": "a document names no status list",
            "undefined_term": "a document has no vocabulary",
            "foreign_context": "a document has no vocabulary",
        },
    ),
}


def filled(module: str) -> set[str]:
    path = Path(__file__).with_name(f"{module}.py")
    tests = {
        node.name.removeprefix("test_")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    return {case for case in CASES if any(name.startswith(case) for name in tests)}


@pytest.mark.parametrize("name", FORMATS)
def test_every_cell_is_filled_or_explained(name: str) -> None:
    module, empty = FORMATS[name]

    assert CASES - filled(module) == set(empty)
    assert all(len(reason) > 20 for reason in empty.values())


@pytest.mark.parametrize("module", [W3C, BADGES_2])
def test_every_case_is_asked_of_every_form(module: str) -> None:
    """Not of one form alone: the forms are given to each test by a decorator."""
    path = Path(__file__).with_name(f"{module}.py")
    plain = [
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not any(
            isinstance(one, ast.Name) and one.id.startswith("every_")
            for one in node.decorator_list
        )
    ]

    assert plain == []
