"""A17: what a proposal that is submitted again answers, point by point."""

import pytest
from django.urls import reverse
from lxml import html

from fixtures.demo.accreditation import OfferStory
from qa import answers
from qa.models import ReportPoint, Version
from qa.services import drafting
from qa.transitions import TransitionRefused, unmet_clauses
from reports import queries
from reports.rows import Heading
from tests.guards.trial import resume
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def following(stages: dict[str, Stage], settings) -> OfferStory:
    """A procedure that follows a report with two points that ask and one that praises."""
    settings.ATESTA_DEMO = True
    story = resume(stages, "resubmit").wait(20)
    report = story.procedure.report
    ReportPoint.objects.filter(report=report).delete()
    for kind in ("condition", "good_practice", "recommendation"):
        report.points.create(kind=kind, text_ro=f"Un punct: {kind}", text_en=kind)
    return story.follow_up()


def asked(story: OfferStory) -> list[ReportPoint]:
    return list(answers.asked_points(story.procedure))


def write(story: OfferStory, decision: str = "Rebuilt.", **given: str) -> None:
    """Say something to the decision, and to points by their kinds."""
    told = {p.pk: given[p.kind] for p in asked(story) if p.kind in given}
    with story.now():
        drafting.write_self_evaluation(
            procedure=story.refresh(),
            self_evaluation="",
            answer_to_decision=decision,
            answers=told,
            by=story.coordinator,
        )


def is_answered(story: OfferStory) -> bool:
    with story.now():
        unmet = unmet_clauses(story.refresh(), "submit")
    return "points_are_answered" not in [clause.name for clause in unmet]


def test_submission_waits_for_an_answer_to_each_point(following):
    assert [point.kind for point in asked(following)] == ["condition", "recommendation"]
    write(following, condition="Published.")
    assert not is_answered(following)

    write(following, "", recommendation="We keep it.")
    assert not is_answered(following)

    write(following)
    assert is_answered(following)

    write(following, condition=" ")
    assert not is_answered(following)


def test_an_answer_voids_the_signature_unless_it_says_the_same(following):
    write(following, condition="Published.")
    first = following.version.revision

    write(following, condition="Published. ")
    same = following.version.revision
    write(following, condition="Published in May.")

    assert same == first
    assert following.version.revision == first + 1


def test_only_points_of_the_report_before_are_answered(following):
    praised = following.procedure.follows.report.points.get(kind="good_practice")
    with following.now(), pytest.raises(TransitionRefused, match="Only points"):
        drafting.write_self_evaluation(
            procedure=following.refresh(),
            self_evaluation="",
            answer_to_decision="",
            answers={praised.pk: "Thank you."},
            by=following.coordinator,
        )


def test_answers_are_frozen_with_the_proposal(following):
    write(following, condition="Published.", recommendation="We keep it.")
    following.complete().sign().submit()

    frozen = Version.objects.get(pk=following.procedure.version_id).frozen_content

    assert frozen["answers_to_points"] == "Rebuilt."
    assert [(p["kind"], p["answer"]) for p in frozen["point_answers"]] == [
        ("condition", "Published."),
        ("recommendation", "We keep it."),
    ]


def test_pages_ask_for_each_answer_and_show_it(following, client):
    pk = following.procedure.pk
    first, _second = asked(following)
    edit = reverse("qa:self_evaluation_edit", args=[pk])
    said = {"answer_to_decision": "Rebuilt.", f"point-{first.pk}": "Published."}
    with following.now():
        client.force_login(following.coordinator)
        sheet = client.get(edit).text
        client.post(edit, said)
        shown = [
            client.get(reverse(f"qa:{name}", args=[pk]))
            for name in ("procedure_detail", "proposal_read")
        ]

    labels = html.fromstring(sheet).xpath("//main//label/text()")
    told = " ".join(labels)
    assert "Proposed condition: condition" in told
    assert "Recommendation: recommendation" in told
    assert "good_practice" not in told
    assert following.procedure.point_answers.get().answer == "Published."
    for page in shown:
        text = html.fromstring(page.content).find(".//main").text_content()
        assert "Rebuilt." in text
        assert "Published." in text
        assert text.count("not answered yet") == 1


def test_dossier_tells_each_point_with_its_answer(following):
    write(following, condition="Published.", recommendation="We keep it.")

    with following.now():
        data = queries.dossier_data(
            following.refresh(), reader=following.coordinator, language="en"
        )
    [parts] = [one.parts for one in data.chapters if one.title == "The proposal"]
    title = Heading("Answers to the decision that asked to resubmit")
    rows = parts[parts.index(title) + 1].rows

    assert [row[2] for row in rows] == ["Rebuilt.", "Published.", "We keep it."]
    assert rows[0][1] == answers.answered_decision(following.procedure).reasons
    assert rows[1][:2] == ("Proposed condition", "condition")
