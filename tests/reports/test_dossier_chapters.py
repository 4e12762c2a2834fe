"""What a dossier tells of the proposal, the formal check, the visit and the hearing."""

from typing import Any

import pytest

from fixtures.demo import texts
from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder
from qa.enums import ActKind, Role
from qa.guards.submission import FORMAL_CHECKLIST
from qa.models import Decision, SignOff, User
from reports import queries
from reports.rows import Field, Heading, Table
from reports.words import day_of
from tests.guards.trial import resume
from tests.reports.reading import lifted
from tests.stages import Stage

pytestmark = pytest.mark.django_db


def chapters(told: OfferStory, reader: User) -> dict[str, list[Any]]:
    with told.now():
        data = queries.dossier_data(told.refresh(), reader=reader, language="en")
    return {chapter.title: list(chapter.parts) for chapter in data.chapters}


def below(parts: list[Any], heading: str) -> Table:
    """The table under the heading."""
    return parts[parts.index(Heading(heading)) + 1]


@pytest.fixture
def checked(stages: dict[str, Stage]) -> OfferStory:
    """Returned once, completed, signed again and formally checked."""
    told = resume(stages, "returned").wait(1).complete().wait(1).sign().submit()
    return told.wait(1).find_eligible()


def test_the_formal_check_is_told_with_all_its_acts(checked: OfferStory) -> None:
    parts = chapters(checked, checked.coordinator)["Formal check"]

    signed = below(parts, "Signatures of the head of department").rows
    asked = below(parts, "Returned for completion").rows
    ticked = below(parts, "Formal checklist").rows
    signatures = SignOff.objects.filter(version__procedure=checked.procedure)
    assert {row[2] for row in signed} == {str(s.signed_by) for s in signatures}
    assert [row[0] for row in signed] == ["1", "2"]
    assert asked == tuple(("1", what, why) for what, why in texts.MISSING_ITEMS)
    assert [row[0] for row in ticked] == [
        str(label) for _code, label in FORMAL_CHECKLIST
    ]
    assert {row[1] for row in ticked} == {str(holder(Role.QA_OFFICER))}


def test_a_draft_has_signatures_and_no_checklist(stages: dict[str, Stage]) -> None:
    told = resume(stages, "draft")

    parts = chapters(told, told.coordinator)["Formal check"]

    assert [p.text for p in parts if isinstance(p, Heading)] == [
        "Signatures of the head of department"
    ]


def test_the_panel_is_told_with_the_training_of_each_seat(
    stages: dict[str, Stage],
) -> None:
    told = resume(stages, "under_review")
    seats = list(told.refresh().members.select_related("user").order_by("pk"))
    User.objects.filter(pk__in=[seat.user_id for seat in seats]).update(trained_on=None)

    [table] = chapters(told, told.coordinator)["The panel"]

    column = table.heads.index("Trained on")
    assert [row[column] for row in table.rows] == [
        day_of(seat.trained_on) for seat in seats
    ]
    assert all(row[column] for row in table.rows)


def test_the_visit_is_told_to_those_who_open_the_report(
    stages: dict[str, Stage],
) -> None:
    told = resume(stages, "report_draft")
    member = told.refresh().members.filter(status="accepted").first()
    assert member is not None

    inside = chapters(told, member.user)["The report"]

    assert [part.label for part in inside[:1]] == ["Visit"]
    assert "The report" not in chapters(told, told.coordinator)


def test_a_visit_that_was_waived_says_why(stages: dict[str, Stage]) -> None:
    told = resume(stages, "readings_in").begin_report(visited=False)
    member = told.refresh().members.filter(status="accepted").first()
    assert member is not None

    report = chapters(told, member.user)["The report"]

    assert Field("Why no visit was needed", texts.VISIT_WAIVER) in report


def test_hearing_and_departure_are_named(stages: dict[str, Stage]) -> None:
    told = resume(stages, "in_force")
    act = told.procedure.decisions.get(kind=ActKind.DECISION, is_carried=True)
    with lifted():
        Decision.objects.filter(pk=act.pk).update(
            departs_from_proposal=True,
            departure_reasons_ro="Motivul senatului.",
            departure_reasons_en="The reason of the senate.",
            hearing_on=act.decided_on,
            hearing_summary="The proposer explained.",
        )

    acts = chapters(told, told.coordinator)["Acts"]

    labels = [part.label for part in acts if isinstance(part, Field)]
    assert "The proposer was heard on" in labels
    assert Field("What the proposer said", "The proposer explained.") in acts
    assert (
        Field("Why it departs from the proposal", "The reason of the senate.") in acts
    )


def test_headings_keep_their_letters_and_come_once(stages: dict[str, Stage]) -> None:
    told = resume(stages, "in_force")

    proposal = chapters(told, told.coordinator)["The proposal"]

    headings = [part.text for part in proposal if isinstance(part, Heading)]
    heads = [
        head for part in proposal if isinstance(part, Table) for head in part.heads
    ]
    assert headings.count("Teaching team") == 1
    assert len(headings) == len(set(headings))
    assert "Outcome in Romanian" in heads
