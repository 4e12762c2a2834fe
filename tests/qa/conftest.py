"""The worked example on a draft of its own, for what is asked of proposals."""

from collections.abc import Iterator

import pytest
import pytest_django

from fixtures.demo.accreditation import OfferStory
from qa.models import Procedure
from tests.beside import Beside
from tests.qa.written import Written
from tests.stages import Stage, build, proposal


@pytest.fixture(scope="module")
def draft(
    beside: Beside, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Stage]:
    """A drafted procedure; what the module writes is undone at its end."""
    with (
        django_db_blocker.unblock(),
        beside.at("draft", lambda: build(("draft",))) as built,
    ):
        yield built["draft"]


@pytest.fixture
def written(draft: Stage) -> Written:
    procedure = Procedure.objects.get(pk=draft.procedure_id)
    told = OfferStory.resume(procedure, draft.day)
    return Written(told, proposal()).write()
