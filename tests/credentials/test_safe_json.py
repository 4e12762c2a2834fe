"""JSON of strangers is bounded and has one meaning."""

import pytest

from recognition.credentials import safe_json
from recognition.credentials.refusals import Unreadable


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": 1, "a": 2}', "The name “a” stands twice"),
        ('{"b": {"a": 1, "a": 2}}', "The name “a” stands twice"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "NaN or Infinity"),
        ('{"a": 1e999}', "NaN or Infinity"),
        ('{"a": "\\ud800"}', "cannot be read"),
        ('{"a": ' + "9" * 5000 + "}", "cannot be read"),
        ("[" * 65 + "]" * 65, "nested deeper than 64 levels"),
        ("[" * 100_000, "nested deeper"),
        ('{"a": 1', "cannot be read"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'"' + b"x" * safe_json.MOST_BYTES + b'"', "larger than 8 MB"),
    ],
    ids=range(12),
)
def test_is_refused_with_a_sentence(text: str | bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        safe_json.loads(text)

    assert sentence in str(refused.value)


def test_brackets_in_text_are_not_depth() -> None:
    assert safe_json.loads('{"a": "\\"' + "[" * 500 + '"}') == {"a": '"' + "[" * 500}


def test_depth_is_counted_exactly() -> None:
    assert safe_json.loads("[" * 64 + "]" * 64)
    assert safe_json.loads('{"a":[' * 32 + "]}" * 32)


def test_a_mark_of_byte_order_is_passed_over() -> None:
    assert safe_json.loads(b"\xef\xbb\xbf[1]") == [1]


def test_one_value_and_a_list_are_read_alike() -> None:
    assert safe_json.listed(None) == []
    assert safe_json.listed("a") == ["a"]
    assert safe_json.listed(["a", None, "b"]) == ["a", "b"]
