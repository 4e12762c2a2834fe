"""The rules recognition rests on, as named classes with their official number."""

from recognition.grounds.articles import ARTICLES, Article, articles_for
from recognition.grounds.base import Ground
from recognition.grounds.criteria import EAR_GRID, EVALUATE_GRID, Criterion, grid_of
from recognition.grounds.differences import DIFFERENCES, DifferenceGround

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
    "articles_for",
    "grid_of",
]
