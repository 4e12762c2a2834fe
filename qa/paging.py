"""Pages of a list whose length nobody needs to know to the last row."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from qa.numbers import whole

ENOUGH = 500
FARTHEST = 10_000


class BoundedPaginator(Paginator):
    """Counts to a bound, or as far as the page asked for reaches and one more.

    A list that every reader may see costs a look at each row to be counted whole.
    """

    def __init__(self, rows: QuerySet[Any], per_page: int, number: str | None) -> None:
        super().__init__(rows, per_page)
        self.rows = rows
        asked = whole(number, otherwise=1)
        self.bound = max(ENOUGH, (min(asked, FARTHEST) + 1) * per_page)

    @cached_property
    def count(self) -> int:
        return self.rows.order_by().values("pk")[: self.bound + 1].count()

    @property
    def has_more(self) -> bool:
        """Whether the list goes on beyond what was counted."""
        return self.count > self.bound
