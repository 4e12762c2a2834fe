"""What every test can lean on: a seal key, an English start, a database to empty."""

from collections.abc import Iterator

import hypothesis
import pytest
import pytest_django
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import TransactionTestCase
from django.utils import translation

from qa import seal_key, triggers
from recognition.issuing import keys as issuer_keys
from tests import kept
from tests.stages import Stage, build

# Two cores shared with others: time limits per example would only find busy moments.
hypothesis.settings.register_profile("atesta", deadline=None, print_blob=True)
hypothesis.settings.load_profile("atesta")


@pytest.fixture(scope="session", autouse=True)
def sealing_key() -> None:
    """Keys of this test run's own: for the seals, and for what is issued."""
    seal_key.make(settings.SEAL_KEY_FILE)
    issuer_keys.make(settings.ISSUER_KEYS_FILE)


@pytest.fixture(scope="session", autouse=True)
def emptied_with_triggers_lifted() -> Iterator[None]:
    """Tests with real transactions empty the tables, which the record forbids."""
    empty = TransactionTestCase._fixture_teardown  # noqa: SLF001  no public hook

    def lift_and_empty(case: TransactionTestCase) -> None:
        triggers.lift()
        empty(case)  # ends with the post-migrate signal, which installs them again

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_empty)
        yield


@pytest.fixture(autouse=True)
def fresh_start() -> Iterator[None]:
    """No language and no cached value is left over from the test before."""
    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="module")
def stages(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[dict[str, Stage]]:
    """A procedure at each stage, in a transaction that the module undoes at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield kept.once("stages", build)
        transaction.set_rollback(True)
