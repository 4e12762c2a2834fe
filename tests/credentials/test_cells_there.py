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
EMPTY = {
    "test_cells_w3c": {},
    "test_open_badges_2": {
        "foreign_context": "its vocabulary tells the version: another one is another format",
    },
    "test_european": {},
    "test_elmo": {
        "expired": "a transcript names no end; one from the future is shown",
        "revoked": "a transcript names no status list",
        "undefined_term": "the signature covers the text; unknown elements are not read",
        "foreign_context": "namespaces stand in the text; another one is another format",
    },
    "test_pdf": {
        "expired": "a document names no end; the certificate's end is shown",
        "revoked": "a document names no status list",
        "undefined_term": "a document has no vocabulary",
        "foreign_context": "a document has no vocabulary",
    },
}


@pytest.mark.parametrize("module", EMPTY)
def test_every_cell_is_filled_or_explained(module: str) -> None:
    path = Path(__file__).with_name(f"{module}.py")
    tests = {
        node.name.removeprefix("test_")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    filled = {case for case in CASES if any(name.startswith(case) for name in tests)}

    assert CASES - filled <= set(EMPTY[module])
