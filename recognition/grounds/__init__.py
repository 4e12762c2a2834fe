"""The rules recognition rests on, as named classes with their official number."""

from recognition.grounds.articles import (
    ARTICLES,
    articles_for,
    articles_named,
    articles_of,
)
from recognition.grounds.base import Article, Ground
from recognition.grounds.criteria import EAR_GRID, EVALUATE_GRID, Criterion, grid_of
from recognition.grounds.differences import (
    DIFFERENCES,
    DifferenceGround,
    contradiction,
)
from recognition.grounds.national import PublishedRules

BY_CODE: dict[str, type[Ground]] = {
    ground.code: ground
    for ground in (*EAR_GRID, *EVALUATE_GRID, *ARTICLES, *DIFFERENCES)
}

__all__ = [
    "ARTICLES",
    "BY_CODE",
    "DIFFERENCES",
    "EAR_GRID",
    "EVALUATE_GRID",
    "Article",
    "Criterion",
    "DifferenceGround",
    "Ground",
    "PublishedRules",
    "articles_for",
    "articles_named",
    "articles_of",
    "contradiction",
    "grid_of",
]
