"""The university as every walk finds it."""

from collections.abc import Iterator

import pytest
import pytest_django
from django.db import transaction

from fixtures import reference
from fixtures.demo import university
from qa import clock


@pytest.fixture(scope="module")
def university_open(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """What every walk starts from, taken back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(university.OPENED_AT):
            reference.load()
            university.load()
        yield
        transaction.set_rollback(True)
