"""What every test can lean on: a seal key, an English start, a database to empty."""

import fcntl
import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import pytest_django
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation

from qa import seal_key, triggers
from recognition.issuing import keys as issuer_keys
from tests.beside import Beside
from tests.browser import house
from tests.stages import Stage, build, open_university

# Two cores shared with others: time limits per example would only find busy moments.
hypothesis.settings.register_profile("atesta", deadline=None, print_blob=True)
hypothesis.settings.load_profile("atesta")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: nobody looks through it for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


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


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo university, played once: every house is a copy.

    The first process that asks prepares it, the others wait for it. Where one is ready
    already, ATESTA_TEST_HOUSE names its folder.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "prepared"
    with (shared / "prepared.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (folder / "whole").exists():
            folder.mkdir(exist_ok=True)
            if ready := os.environ.get("ATESTA_TEST_HOUSE"):
                shutil.copytree(ready, folder / "var", dirs_exist_ok=True)
            else:
                house.prepare(folder)
            (folder / "whole").touch()
    return folder


@pytest.fixture(scope="session")
def beside(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Beside]:
    """Databases with what takes long to prepare, for modules to work in."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    found = Beside(folder)
    yield found
    with django_db_blocker.unblock():
        found.close()


@pytest.fixture(scope="module")
def university(
    beside: Beside, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """The demo university with nothing proposed yet, as it is again for the next module."""
    with django_db_blocker.unblock(), beside.at("university", open_university):
        yield


@pytest.fixture(scope="module")
def stages(
    beside: Beside, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[dict[str, Stage]]:
    """A procedure at each stage; what the module writes is undone at its end."""
    with django_db_blocker.unblock(), beside.at("stages", build) as built:
        yield built
