"""Who is told of which act, word for word by part in the case; what a message says."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from fixtures.demo import texts
from fixtures.demo.accreditation import OfferStory
from fixtures.demo.panels import ACADEMIC, CHAIR, EMPLOYER, STUDENT, PanelStory
from qa import clock, jobs
from qa.enums import BodyKind, Outcome, Role
from qa.models import Appointment, Message, Report, User, Version
from qa.services import decision as deciding
from qa.services import notices, panel, submission, validity
from tests import stages as staged
from tests.guards.trial import Stages, resume
from tests.qa import test_services as services

pytestmark = pytest.mark.django_db
WHY = "A reason that no mail repeats."
Told = dict[str, set[str]]
Play = Callable[[OfferStory], Any]


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings: Any) -> None:
    settings.ATESTA_DEMO = True


# People by their part in the case


def office(story: OfferStory, role: Role, *units: Any) -> set[User]:
    held = Appointment.objects.current_on(story.day).filter(role=role)
    if units:
        held = held.filter(unit__in=units)
    return {one.user for one in held.select_related("user")}


def seats(story: OfferStory, **wanted: Any) -> list[User]:
    found = story.procedure.members.filter(**wanted).order_by("pk")
    return [member.user for member in found.select_related("user")]


PARTS: dict[str, Callable[[OfferStory], Iterable[User]]] = {
    "coordinator": lambda s: [s.coordinator],
    "author": lambda s: [s.author],
    "dean's office": lambda s: office(s, Role.DEANS_OFFICE, s.unit.faculty),
    "quality office": lambda s: office(s, Role.QA_OFFICER),
    "commission": lambda s: office(s, Role.CEAC_CHAIR),
    "board": lambda s: office(s, Role.BOARD_SECRETARY),
    "senate": lambda s: office(s, Role.SENATE_SECRETARY),
    "chair": lambda s: seats(s, role=CHAIR),
    "student": lambda s: seats(s, role=STUDENT)[:1],
    "next student": lambda s: seats(s, role=STUDENT)[1:],
    "employer": lambda s: seats(s, role=EMPLOYER),
    "academic": lambda s: seats(s, role=ACADEMIC)[:1],
    "next academic": lambda s: seats(s, role=ACADEMIC)[1:],
}
PROPOSERS = {"coordinator", "author"}
INSTITUTION = {*PROPOSERS, "dean's office"}
EVERYBODY = {*INSTITUTION, "quality office"}


# What is played


def untouched(_story: OfferStory) -> None:
    pass


def again(story: OfferStory) -> None:
    story.complete().sign()


def propose_another(story: OfferStory) -> OfferStory:
    return staged.story(story.unit.code, "Încă o ofertă").propose()


def agree_to_return(story: OfferStory) -> None:
    with story.now():
        submission.allow_further_return(
            procedure=story.refresh(), reason=WHY, by=story.holder(Role.CEAC_CHAIR)
        )


def lose_the_endorsement(story: OfferStory) -> None:
    services.endorse(story, services.lost(story, BodyKind.FACULTY_COUNCIL))


def let_the_reply_term_pass(story: OfferStory) -> None:
    story.until(story.refresh().factual_check_until).wait(1)
    with story.now():
        validity.end_reply_term(procedure=story.procedure)


def step_back(story: OfferStory, role: str = STUDENT) -> None:
    member = PanelStory(story).seat(role)
    with story.now(9):
        panel.recuse(member=member, reason=WHY, by=member.user)


def read_with_an_academic(story: OfferStory, count: int = 3) -> None:
    PanelStory(story).ask_an_academic()
    story.accept().declare().start_review().read(count)


def reopen(story: OfferStory) -> None:
    with story.now(10):
        panel.reopen_panel(
            procedure=story.refresh(), reason=WHY, by=story.holder(Role.CEAC_CHAIR)
        )


def ask_another_student(story: OfferStory) -> None:
    step_back(story)
    PanelStory(story).replace(STUDENT)


def declare(story: OfferStory) -> PanelStory:
    return PanelStory(story).declare(STUDENT, "mentoring", texts.MENTORING)


def challenge(story: OfferStory) -> PanelStory:
    return PanelStory(story).challenge(STUDENT, WHY, story.coordinator)


def ask_for_a_fee(story: OfferStory) -> None:
    Version.objects.filter(pk=story.procedure.version_id).update(fee_amount=100)


def reject(story: OfferStory) -> None:
    story.decide(Outcome.REJECTED)


def propose_to_reject(story: OfferStory) -> None:
    Report.objects.filter(procedure=story.procedure).update(
        proposed_outcome=Outcome.REJECTED
    )


def withdraw(days: int) -> Play:
    def withdrawn(story: OfferStory) -> None:
        held = services.said(story, BodyKind.SENATE, details=services.burden(story))
        day = story.day + timedelta(days=days)
        services.withdraw(story, held, services.plan(story, withdrawn_on=day))

    return withdrawn


def hand_in_evidence(story: OfferStory) -> None:
    story.meet_condition(fulfilled=None)


def judge(*, fulfilled: bool) -> Play:
    def judged(story: OfferStory) -> None:
        with story.now(11):
            deciding.judge_condition(
                condition=story.period().decision.conditions.get(),
                fulfilled=fulfilled,
                reasons=WHY,
                by=story.holder(Role.CEAC_CHAIR),
            )

    return judged


def extend(story: OfferStory) -> None:
    condition = story.period().decision.conditions.get()
    with story.now(11):
        deciding.extend_condition(
            condition=condition,
            deadline=clock.add_days(condition.deadline, 30),
            reason=WHY,
            by=story.holder(Role.CEAC_CHAIR),
        )


@dataclass(frozen=True)
class Act:
    """From a stage, after what is made ready: who is told of what, and nobody else."""

    name: str
    stage: str
    play: Play
    told: Told
    ready: Play = untouched


ACTS = [
    Act("A01", "draft", propose_another, {"A01": {"coordinator"}}),
    Act(
        "signature",
        "returned",
        lambda s: s.sign(),
        {"sign_off": {"coordinator"}},
        lambda s: s.complete(),
    ),
    Act("A02", "draft", lambda s: s.abandon(), {"A02": {"author"}}),
    Act("A03", "draft", lambda s: s.submit(), {"A03": {"quality office"}}),
    Act("A04", "submitted", lambda s: s.return_once(), {"A04": {"coordinator"}}),
    Act("A05", "returned", lambda s: s.submit(), {"A05": {"quality office"}}, again),
    Act(
        "another return",
        "returned",
        agree_to_return,
        {"allow_further_return": {"quality office"}},
        lambda s: s.complete().sign().submit(),
    ),
    Act(
        "A07",
        "submitted",
        lambda s: s.find_eligible(),
        {"A07": {"coordinator", "dean's office"}},
    ),
    Act(
        "A08", "eligible", lambda s: s.endorse(), {"A08": {"coordinator", "commission"}}
    ),
    Act(
        "A08n",
        "eligible",
        lambda s: s.endorse(favourable=False),
        {"A08n": {"coordinator"}},
    ),
    Act("lost vote", "eligible", lose_the_endorsement, {}),
    Act("A09", "endorsed", lambda s: s.open_panel(), {"A09": {"quality office"}}),
    Act(
        "P1",
        "panel_setup",
        lambda s: PanelStory(s).ask_an_academic(),
        {"P1": {"academic"}},
    ),
    Act(
        "P2, others have not answered",
        "panel_setup",
        lambda s: PanelStory(s).accept(CHAIR),
        {},
    ),
    Act(
        "P2, the last answer",
        "panel_setup",
        lambda s: PanelStory(s).accept(EMPLOYER),
        {"composition": INSTITUTION},
        lambda s: PanelStory(s).accept(CHAIR, STUDENT),
    ),
    Act(
        "P2, the last answer for a panel that lacks a student",
        "panel_setup",
        lambda s: PanelStory(s).accept(EMPLOYER),
        {},
        lambda s: PanelStory(s).accept(CHAIR).decline(STUDENT),
    ),
    Act(
        "P3",
        "panel_setup",
        lambda s: PanelStory(s).decline(STUDENT),
        {"P3": {"quality office"}},
    ),
    Act(
        "P3, the last answer",
        "panel_setup",
        lambda s: PanelStory(s).decline(ACADEMIC),
        {"P3": {"quality office"}, "composition": INSTITUTION},
        lambda s: PanelStory(s).ask_an_academic().accept(CHAIR, STUDENT, EMPLOYER),
    ),
    Act(
        "P2 during the review",
        "under_review",
        lambda s: PanelStory(s).accept(STUDENT),
        {"P2": INSTITUTION},
        ask_another_student,
    ),
    Act("P4", "under_review", step_back, {"P4": {"quality office"}}),
    Act(
        "P4 of the last who had not read",
        "panel_setup",
        lambda s: step_back(s, ACADEMIC),
        {"P4": {"quality office"}, "S2": {"chair"}},
        read_with_an_academic,
    ),
    Act(
        "P5 of the last who had not read",
        "panel_setup",
        lambda s: PanelStory(s).replace(ACADEMIC),
        {"P1": {"next academic"}, "P5": {"academic"}, "S2": {"chair"}},
        read_with_an_academic,
    ),
    Act(
        "P4 of one who had read",
        "panel_setup",
        lambda s: step_back(s, ACADEMIC),
        {"P4": {"quality office"}},
        lambda s: read_with_an_academic(s, 4),
    ),
    Act(
        "P5",
        "panel_setup",
        lambda s: PanelStory(s).replace(STUDENT),
        {"P1": {"next student"}, "P5": {"student"}},
    ),
    Act(
        "P5 of who had declined",
        "panel_setup",
        lambda s: PanelStory(s).replace(STUDENT),
        {"P1": {"next student"}},
        lambda s: PanelStory(s).decline(STUDENT),
    ),
    Act("D1", "panel_accepted", lambda s: s.declare(), {}),
    Act("D2", "panel_accepted", declare, {"D2": {"commission"}}),
    Act(
        "D3",
        "panel_accepted",
        lambda s: PanelStory(s).rule(STUDENT, uphold=False),
        {"D3": {"student"}},
        declare,
    ),
    Act(
        "D4",
        "panel_accepted",
        lambda s: PanelStory(s).rule(STUDENT, uphold=True),
        {"P4": {"quality office"}, "seat_ended": {"student"}},
        declare,
    ),
    Act("challenge", "panel_ready", challenge, {"challenge": {"commission"}}),
    Act(
        "challenge dismissed",
        "panel_ready",
        lambda s: PanelStory(s).rule_on_challenge(STUDENT, uphold=False),
        {"decide_challenge": {"coordinator"}},
        challenge,
    ),
    Act(
        "challenge upheld",
        "panel_ready",
        lambda s: PanelStory(s).rule_on_challenge(STUDENT, uphold=True),
        {
            "decide_challenge": {"coordinator"},
            "P4": {"quality office"},
            "seat_ended": {"student"},
        },
        challenge,
    ),
    Act(
        "A10",
        "panel_ready",
        lambda s: s.start_review(),
        {"A10": {"chair", "student", "employer", "coordinator"}},
    ),
    Act(
        "A11",
        "under_review",
        reopen,
        {"A11": {"chair", "employer", "quality office", "coordinator"}},
        step_back,
    ),
    Act("S2", "under_review", lambda s: s.read(1), {}),
    Act(
        "S2 of the last",
        "under_review",
        lambda s: s.read(1),
        {"S2": {"chair"}},
        lambda s: s.read(2),
    ),
    Act(
        "A12",
        "readings_in",
        lambda s: s.begin_report(),
        {"A12": {"student", "employer"}},
    ),
    Act(
        "A13",
        "report_written",
        lambda s: s.send_for_factual_check(),
        {"A13": PROPOSERS},
    ),
    Act(
        "reply_to_report",
        "report_written",
        lambda s: s.reply(),
        {"reply_to_report": {"chair"}},
        lambda s: s.send_for_factual_check(),
    ),
    Act(
        "reply_term_over",
        "report_written",
        let_the_reply_term_pass,
        {"reply_term_over": {"chair"}},
        lambda s: s.send_for_factual_check(),
    ),
    Act(
        "A14",
        "factual_check",
        lambda s: s.finalise_report(),
        {"A14": {*PROPOSERS, "commission"}},
    ),
    Act(
        "A14 where a fee is asked",
        "factual_check",
        lambda s: s.finalise_report(),
        {"A14": {*PROPOSERS, "board"}},
        ask_for_a_fee,
    ),
    Act(
        "opinion of the commission",
        "report_final",
        lambda s: s.give_opinions(),
        {},
    ),
    Act(
        "opinion of the board",
        "report_final",
        lambda s: s.give_opinions(commission=False),
        {"board_opinion": {"commission"}},
        ask_for_a_fee,
    ),
    Act(
        "A15",
        "report_final",
        lambda s: s.refer(),
        {"A15": {"coordinator", "senate"}},
        lambda s: s.give_opinions(),
    ),
    Act("A16", "awaiting_decision", lambda s: s.decide(), {"A16": EVERYBODY}),
    Act(
        "A16, rejected",
        "awaiting_decision",
        reject,
        {"A16": EVERYBODY},
        propose_to_reject,
    ),
    Act("letter", "rejected", lambda s: s.issue_letter(), {"letter": INSTITUTION}),
    Act("A31", "in_force", withdraw(0), {"set_withdrawal": EVERYBODY}),
    Act("A31 later", "in_force", withdraw(20), {"set_withdrawal": EVERYBODY}),
    Act("C2", "approved", hand_in_evidence, {"C2": {"commission"}}),
    Act(
        "C3",
        "approved",
        judge(fulfilled=True),
        {"C3": {"coordinator"}},
        hand_in_evidence,
    ),
    Act(
        "C4",
        "approved",
        judge(fulfilled=False),
        {"C4": {"coordinator"}},
        hand_in_evidence,
    ),
    Act("extension", "approved", extend, {"extend": {"coordinator"}}),
]


def written(story: OfferStory, act: Act) -> tuple[OfferStory, list[Message]]:
    """The messages of the act alone, and the story that it was played in."""
    act.ready(story)
    before = list(Message.objects.values_list("pk", flat=True))
    played = act.play(story)
    new = Message.objects.exclude(pk__in=before).select_related("to", "case")
    story = played if isinstance(played, OfferStory) else story
    story.refresh()
    return story, list(new)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_act_tells_exactly_those_it_concerns(stages: Stages, act: Act) -> None:
    story, messages = written(resume(stages, act.stage), act)

    found: dict[str, list[str]] = {}
    for message in messages:
        found.setdefault(message.key.split("/")[0], []).append(message.to.email)
    with story.now():
        wanted = {
            row: sorted({one.email for part in parts for one in PARTS[part](story)})
            for row, parts in act.told.items()
        }
    assert {row: sorted(people) for row, people in found.items()} == wanted


def test_an_office_holder_with_a_part_in_it_is_not_told_by_office(
    stages: Stages,
) -> None:
    story = resume(stages, "panel_accepted")
    chair = story.holder(Role.CEAC_CHAIR)
    story.procedure.micro_credential.authors.add(chair)
    member = PanelStory(story).seat(STUDENT)

    assert chair not in notices.told("D2", member, by=member.user)


def test_every_row_that_tells_is_in_the_table() -> None:
    told = {row for act in ACTS for row in act.told}

    assert told == {*notices.NOTICES, "letter"}


@pytest.mark.parametrize(
    "act", [act for act in ACTS if act.told], ids=lambda act: act.name
)
def test_message_names_the_case_leads_to_an_open_page_and_repeats_no_reason(
    stages: Stages, act: Act
) -> None:
    story, messages = written(resume(stages, act.stage), act)

    assert messages
    version, client = story.version, Client()
    for message in messages:
        title = version.title_ro if message.to.language == "ro" else version.title_en
        assert message.subject.startswith(f"{message.case.number} · ")
        assert message.subject.endswith(f": {title}"[-40:])
        assert "%(" not in message.body
        said = " ".join((message.subject, message.body))
        assert not [text for text in kept_inside() if text in said]
        with story.now(17):
            client.force_login(message.to)
            assert client.get(message.path).status_code == 200, message.key


def kept_inside() -> list[str]:
    """What was given as reasons in the acts that are played."""
    return [
        *(WHY, texts.DECLINED, texts.CLEARED, texts.UPHELD, texts.MENTORING),
        *(texts.CHALLENGE_UPHELD, texts.CHALLENGE_DISMISSED, texts.ABANDONED),
        *(*texts.NOT_ENDORSED, *texts.OPINION, *texts.MISSING_ITEMS[0]),
        *(texts.EVIDENCE, *services.REASONS.values()),
    ]


def test_who_acts_is_not_told_of_it(stages: Stages) -> None:
    story = resume(stages, "draft")
    story.procedure.micro_credential.authors.add(story.coordinator)

    story.abandon()

    told = Message.objects.filter(key__startswith="A02/")
    assert [message.to for message in told] == [story.author]


def test_nobody_is_written_to_whose_account_is_closed(stages: Stages) -> None:
    story = resume(stages, "submitted")
    User.objects.filter(pk=story.coordinator.pk).update(is_active=False)
    officer = story.holder(Role.QA_OFFICER)

    with story.now():
        named = notices.told("A04", story.refresh(), by=officer)
    story.return_once()

    assert named == []
    case = story.procedure.micro_credential.case
    assert not case.messages.filter(key__startswith="A04/").exists()


def test_refused_act_tells_nobody(stages: Stages) -> None:
    story = resume(stages, "draft")
    before = Message.objects.count()
    with pytest.raises(services.TransitionRefused), story.now():
        submission.find_eligible(
            procedure=story.procedure, checklist=[], by=story.holder(Role.QA_OFFICER)
        )

    assert Message.objects.count() == before


def test_the_same_act_tells_again_when_it_happens_again(stages: Stages) -> None:
    story = resume(stages, "returned")
    for _time in range(2):
        again(story)
        story.submit().wait(2)
        with story.now():
            if submission.waits_for_agreement(story.refresh()):
                agree_to_return(story)
        story.return_once()

    case = story.procedure.micro_credential.case
    assert case.messages.filter(key__startswith="A04/").count() == 3


def test_rejection_is_mailed_to_those_who_proposed(
    stages: Stages, settings: Any
) -> None:
    settings.ATESTA_URL = "https://atesta.example"
    story = resume(stages, "awaiting_decision")
    propose_to_reject(story)
    User.objects.filter(pk=story.coordinator.pk).update(is_demo=False, language="en")

    reject(story)
    jobs.send_waiting_messages()

    sent = [one for one in mail.outbox if "decided" in one.subject]
    assert [one.to for one in sent] == [[story.coordinator.email]]
    case, version = story.procedure.micro_credential.case, story.version
    assert sent[0].subject == (
        f"{case.number} · The senate has decided: {version.title_en}"
    )
    assert sent[0].body.startswith("Outcome: Rejected.")
    assert f"https://atesta.example/procedures/{story.procedure.pk}/" in sent[0].body
