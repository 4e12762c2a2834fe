"""A re-evaluation is not proposed by hand: the service says what the form says."""

import pytest

from qa.enums import ProcedureKind
from qa.models import Case
from qa.services import intake
from qa.services.intake import Intake
from qa.transitions import TransitionRefused
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db


def test_reevaluation_is_not_proposed(stages: Stages) -> None:
    story = resume(stages, "draft")
    chosen = Intake(
        unit=story.unit, coordinator=story.coordinator, kind=ProcedureKind.PERIODIC
    )
    before = Case.objects.count()

    with story.now(), pytest.raises(TransitionRefused, match="opens by itself"):
        intake.propose_micro_credential(
            intake=chosen, title_ro="Titlu", by=story.author
        )

    assert Case.objects.count() == before
