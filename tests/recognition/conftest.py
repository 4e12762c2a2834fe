"""The recognition office on a Monday morning."""

from collections.abc import Iterator

import pytest

from qa import clock
from tests.factories import recognition as r


@pytest.fixture
def office(db: None) -> Iterator[r.Office]:
    with clock.at(r.MORNING):
        yield r.build()
