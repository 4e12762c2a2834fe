"""The worked example on a draft of its own, for what is asked of proposals."""

from collections.abc import Iterator

import pytest
import pytest_django
from django.db import transaction

from fixtures.demo.accreditation import OfferStory
from qa.models import Procedure
from tests.qa.written import Written
from tests.stages import Stage, build, proposal


@pytest.fixture(scope="module")
def draft(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Stage]:
    """A drafted procedure, in a transaction that the module undoes at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(("draft",))["draft"]
        transaction.set_rollback(True)


@pytest.fixture
def written(draft: Stage) -> Written:
    procedure = Procedure.objects.get(pk=draft.procedure_id)
    told = OfferStory.resume(procedure, draft.day)
    return Written(told, proposal()).write()
