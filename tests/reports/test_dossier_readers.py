"""A dossier says to each reader what the pages say to the same person, nothing more."""

from typing import Any

import pytest

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder
from qa import story
from qa.enums import ChallengeDecision, DeclarationStatus, Role
from qa.models import Challenge, ConflictDeclaration, User
from reports import queries
from reports.rows import Table
from tests.guards.trial import resume
from tests.stages import Stage

pytestmark = pytest.mark.django_db
DECLARED, RULED, CHALLENGED = "Taught together.", "Long ago.", "Wrote with us."


@pytest.fixture
def reviewed(stages: dict[str, Stage]) -> OfferStory:
    """Under review; a member had declared something, and was challenged."""
    told = resume(stages, "under_review")
    seat = told.procedure.members.filter(declaration__isnull=False).first()
    assert seat is not None
    ConflictDeclaration.objects.filter(member=seat).update(
        status=DeclarationStatus.CLEARED,
        text=DECLARED,
        decision_reasons=RULED,
        decided_at=seat.invited_at,
        decided_by=holder(Role.CEAC_CHAIR),
    )
    Challenge.objects.create(
        member=seat,
        raised_by=told.coordinator,
        raised_at=seat.invited_at,
        reasons=CHALLENGED,
        decision=ChallengeDecision.OPEN,
    )
    return told


def dossier(told: OfferStory, reader: User) -> Any:
    with told.now():
        return queries.dossier_data(told.refresh(), reader=reader, language="en")


def events(told: OfferStory, reader: User) -> list[int]:
    chapters = dossier(told, reader).chapters
    (table,) = next(c.parts for c in chapters if c.title == "Events")
    assert isinstance(table, Table)
    return [int(row[0]) for row in table.rows]


@pytest.mark.parametrize("role", [Role.CEAC_CHAIR, Role.QA_OFFICER])
def test_the_quality_office_reads_what_was_declared(
    reviewed: OfferStory, role: Role
) -> None:
    told = str(dossier(reviewed, holder(role)))

    assert all(words in told for words in (DECLARED, RULED, CHALLENGED))


def test_those_who_are_judged_read_that_it_is_settled(reviewed: OfferStory) -> None:
    told = str(dossier(reviewed, reviewed.coordinator))

    assert not any(words in told for words in (DECLARED, RULED, CHALLENGED))
    assert "'settled'" in told


def test_acts_inside_the_panel_are_told_inside_alone(reviewed: OfferStory) -> None:
    every = reviewed.procedure.micro_credential.case.events.order_by("sequence")
    outside = every.exclude(row__in=story.OF_THE_PANEL_ALONE)
    assert outside.count() < every.count()

    inside = events(reviewed, holder(Role.CEAC_CHAIR))
    judged = events(reviewed, reviewed.coordinator)

    assert inside == [e.sequence for e in every]
    assert judged == [e.sequence for e in outside]


def test_a_panel_reads_nothing_of_another_procedure(stages: dict[str, Stage]) -> None:
    told = resume(stages, "reevaluation")
    first = told.procedure.renews.decision.procedure
    member = first.members.filter(status="accepted").first().user
    later = told.procedure
    assert not later.members.filter(user=member).exists()
    with told.now():
        data = queries.dossier_data(first, reader=member, language="en")
    (table,) = next(c.parts for c in data.chapters if c.title == "Events")
    shown = {int(row[0]) for row in table.rows}

    of_later = later.micro_credential.case.events.filter(
        thing="qa.procedure", thing_id=later.pk
    )
    assert of_later.exists()
    assert not shown & {event.sequence for event in of_later}
