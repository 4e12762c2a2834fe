"""Texts for comparing and searching, as people type them without a Romanian keyboard."""

import unicodedata


def folded(text: str) -> str:
    """Small letters without marks: ș as s, ț as t. Databases fold letters unlike."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    for mark in filter(unicodedata.combining, set(apart)):
        apart = apart.replace(mark, "")
    return apart
