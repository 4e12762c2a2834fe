"""Drawn walks of applications for recognition and of the conditions decided on them.

What holds is listed in `walking`; of applications there holds beyond it:

12. A case waits for information exactly when it knows where to return to, and then
    exactly one request is open.
13. Exactly the cases from `decided` on have a decision, and only one.

The longer walks are asked for with `-m soak`.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
import pytest_django
from django.db import transaction
from django.db.models import QuerySet

from fixtures.demo.cast import instant
from qa import clock
from qa.models import Condition, Document, User
from qa.services.people import system_actor
from qa.transitions import perform
from recognition.enums import Track
from recognition.models import InfoRequest, RecognitionApplication
from recognition.services import closing, comparing, deciding, filing, handling
from tests.factories import recognition as r
from tests.properties import model
from tests.properties.walking import (
    Draw,
    Tally,
    Walker,
    assert_enough_was_refused,
    assert_nearly_every_row_was_taken,
    judge_condition,
    take_walks,
)

pytestmark = pytest.mark.django_db
STATED = "For the stated reason."
APPLICATION = "recognition.recognitionapplication"
TRACKS = (Track.STANDARD, Track.PRIOR_LEARNING, Track.REFUGEE)
STARTS = ("draft", "submitted", "verifying", "comparing", "in_committee", "decided")
DECIDED = ("decided", "notified", "final")
MOST_QUESTIONS = 5
# A withdrawal ends the walk: it is drawn so many times more seldom than other rows.
SELDOM = 6

Stages = tuple[r.Office, dict[str, int]]


@pytest.fixture(scope="module")
def applications(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Stages]:
    """An application at each start, in a transaction that the module undoes."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(r.MORNING):
            office = r.build()
            built = {start: r.at(office, start).pk for start in STARTS}
            conditional = r.at(office, "decided", outcome="conditional")
            built["decided with a condition"] = conditional.pk
        yield office, built
        transaction.set_rollback(True)


class Applications(Walker):
    """Walks one application, from its draft to its final decision."""

    def __init__(self, office: r.Office, pk: int, tally: Tally) -> None:
        self.office, self.day = office, clock.local_day(r.MORNING)
        super().__init__(pk, tally)

    @property
    def application(self) -> RecognitionApplication:
        return RecognitionApplication.objects.get(pk=self.case_id)

    def moving(self) -> list[QuerySet[Any]]:
        return [
            RecognitionApplication.objects.filter(pk=self.case_id),
            Condition.objects.filter(decision__case=self.case_id),
        ]

    def hold(self) -> None:
        it = self.application
        is_waiting = it.status == "info_requested"
        assert is_waiting == bool(it.returns_to)
        assert it.info_requests.filter(closed_at=None).count() == is_waiting
        assert it.resolutions.count() == (it.status in DECIDED)

    def of_case(self) -> list[QuerySet[Any]]:
        it = self.application
        return [
            *self.moving(),
            it.info_requests.all(),
            it.missing_items.all(),
            it.assessors.all(),
            it.rows.all(),
            it.resolutions.all(),
            it.appeals.all(),
            it.case.decisions.all(),
        ]

    # What could be done

    def targets(self) -> list[tuple[str, Any, bool]]:
        it = self.application
        rows: list[tuple[str, Any, bool]] = []
        for row in model.RECOGNITION_ACTOR:
            one = (row, it, self.fits(it, row))
            rows.extend([one] * (1 if row == "B28" else SELDOM))
        return rows + self.condition_targets()

    def fits(self, it: RecognitionApplication, row: str) -> bool:
        """State, and what the design's guards say of the case's own history."""
        if row == "B02" and self.day > (it.completeness_until or self.day):
            return False
        if row == "B11" and it.info_requests.count() >= MOST_QUESTIONS:
            return False
        if row == "B22" and (it.appeals.exists() or self.has_open_conditions()):
            return False
        return self.model.allows(APPLICATION, it.pk, row)

    def has_open_conditions(self) -> bool:
        return any(one.status != "fulfilled" for one in self.conditions())

    def wait(self, days: int) -> None:
        self.day = clock.add_days(self.day, days)

    def until(self, day: date) -> None:
        self.day = max(self.day, day)

    # Who may

    def entitled(self, row: str, target: Any) -> set[User]:
        office = self.office
        if row in model.CONDITION_ROWS:
            return {target.owner} if row == "C2" else {office.oana}
        named = self.application.assessor
        people = {
            "applicant": {office.radu},
            "recognition_officer": {office.oana},
            "assessor": {named.user} if named else set(),
            "committee_secretary": {office.mara},
            "system": {system_actor()},
        }
        actors = model.RECOGNITION_ACTOR[row].split()
        return set().union(*(people[actor] for actor in actors))

    def right(self, row: str, target: Any, draw: Draw) -> User:
        """One of those entitled; before an assessor is named, who would be."""
        may = sorted(self.entitled(row, target), key=lambda user: user.pk)
        return may[draw.who % len(may)] if may else self.office.ana

    # The steps' own

    def prepare(self, row: str, target: Any, draw: Draw) -> None:
        it = self.application
        by_time = self.right(row, target, draw) == system_actor()
        if by_time and row == "B12":
            self.until(clock.add_days(it.open_request.term_on, 1))
        if by_time and row == "B22":
            self.until(clock.add_days(it.appeal_until, 1))
        if not by_time:
            self.prepare_for_a_stranger(row, target, draw)

    def prepare_for_a_stranger(self, row: str, target: Any, draw: Draw) -> None:
        with clock.at(instant(self.day, 11)):
            if row in PREPARE:
                PREPARE[row](self.office, self.application, draw)

    def act(self, row: str, target: Any, draw: Draw) -> None:
        self.act_as(self.right(row, target, draw), row, target, draw)

    def act_as(self, person: User, row: str, target: Any, draw: Draw) -> None:
        with clock.at(instant(self.day, 12)):
            if row in model.CONDITION_ROWS:
                judge_condition(row, target, person)
            elif row == "B20":
                self.decide(person)
            else:
                ACTS[row](self.application, person)

    def act_from_elsewhere(self, row: str, target: Any, draw: Draw) -> None:
        if row in ("B03", "B04"):  # one service for both: ask the door itself
            name = "complete" if row == "B03" else "find_complete"
            with clock.at(instant(self.day, 12)):
                perform(target, name, by=self.office.oana)
        else:
            self.act(row, target, draw)

    def decide(self, person: User) -> None:
        it = self.application
        outcome = it.proposal.outcome if hasattr(it, "proposal") else "full"
        deciding.record_decision(
            application=it,
            resolution=r.resolution(self.office, outcome),
            minutes=r.minutes(self.office),
            by=person,
        )


# What must be done before a row, so that person and state alone decide


def settle_items(office: r.Office, it: RecognitionApplication, _draw: Draw) -> None:
    for item in it.missing_items.filter(stand="open"):
        filing.settle_item(item=item, stand="received", by=office.oana)


def judge_the_issuer(office: r.Office, it: RecognitionApplication, _draw: Draw) -> None:
    handling.resolve_issuer(application=it, findings=r.findings(), by=office.oana)


def check_the_document(
    office: r.Office, it: RecognitionApplication, _draw: Draw
) -> None:
    if not it.authenticity:
        r.verify(office, it)


def let_the_head_agree(
    office: r.Office, it: RecognitionApplication, _draw: Draw
) -> None:
    if it.info_requests.exists() and it.further_request_at is None:
        handling.allow_further_request(application=it, reason=STATED, by=office.horia)


def answer(office: r.Office, it: RecognitionApplication, _draw: Draw) -> None:
    if it.open_request.answered_at is None:
        handling.answer_request(application=it, answer=STATED, by=office.oana)


def name_and_declare(office: r.Office, it: RecognitionApplication, _draw: Draw) -> None:
    if it.assessor is None:
        r.named(office, it)


def compare(office: r.Office, it: RecognitionApplication, draw: Draw) -> None:
    """The first draw settles the outcome that stays proposed."""
    if not hasattr(it, "proposal"):
        outcome = sorted(r.TERMS)[draw.pick % len(r.TERMS)]
        r.fill_grid(office, it, substantial=outcome == "refused")
        r.save_proposal(office, it, outcome)


def write_the_letter(office: r.Office, it: RecognitionApplication, _draw: Draw) -> None:
    if not Document.objects.filter(case=it.case, kind="decision_letter").exists():
        r.letter(office, it)


PREPARE: dict[str, Callable[[r.Office, RecognitionApplication, Draw], None]] = {
    "B03": settle_items,
    "B07": judge_the_issuer,
    "B08": check_the_document,
    "B11": let_the_head_agree,
    "B12": answer,
    "B15": name_and_declare,
    "B17": compare,
    "B21": write_the_letter,
}


# The acts, through the services


def ask_missing(it: RecognitionApplication, by: User) -> None:
    filing.declare_incomplete(application=it, items=[("Syllabus", STATED)], by=by)


def choose_track(it: RecognitionApplication, by: User) -> None:
    track = TRACKS[it.case.events_written % len(TRACKS)]
    handling.choose_track(application=it, track=track, reason=STATED, by=by)


def ask(it: RecognitionApplication, by: User) -> None:
    text = f"Question {InfoRequest.objects.count()}"
    question = handling.Question(text, STATED)
    handling.request_information(application=it, question=question, by=by)


def begin_comparison(it: RecognitionApplication, by: User) -> None:
    asked = r.requirement(it.track or Track.STANDARD)
    comparing.start_comparison(application=it, requirement=asked, by=by)


def put_on_agenda(it: RecognitionApplication, by: User) -> None:
    committee = r.Body.objects.get(kind="recognition_committee")
    item = deciding.AgendaItem(committee, clock.today(), "3")
    deciding.put_on_agenda(application=it, item=item, by=by)


def notify(it: RecognitionApplication, by: User) -> None:
    closing.notify_applicant(application=it, delivery=r.delivery(), by=by)


def close(it: RecognitionApplication, by: User) -> None:
    if by.is_service:
        closing.close_after_term(application=it)
    else:
        closing.accept_decision(application=it, by=by)


def appeal(it: RecognitionApplication, by: User) -> None:
    day, text = clock.today(), f"{STATED} {it.appeals.count()}"
    closing.register_appeal(application=it, arrived_on=day, text=text, by=by)


ACTS: dict[str, Callable[[RecognitionApplication, User], object]] = {
    "B01": lambda it, by: filing.submit_application(application=it, by=by),
    "B02": ask_missing,
    "B03": lambda it, by: filing.declare_complete(application=it, by=by),
    "B04": lambda it, by: filing.declare_complete(application=it, by=by),
    "B07": lambda it, by: handling.start_verification(application=it, by=by),
    "B08": choose_track,
    "B11": ask,
    "B12": lambda it, by: handling.resume(application=it, by=by),
    "B15": begin_comparison,
    "B17": lambda it, by: comparing.propose_outcome(application=it, by=by),
    "B18": put_on_agenda,
    "B21": notify,
    "B22": close,
    "B23r": appeal,
    "B28": lambda it, by: filing.withdraw_application(application=it, by=by),
}


def walks(applications: Stages, **how: Any) -> Tally:
    office, built = applications
    begin = partial(Applications, office)
    return take_walks(lambda start, tally: begin(built[start], tally), built, **how)


@pytest.mark.apart
def test_drawn_walks_of_applications_stay_on_the_model(applications: Stages) -> None:
    tally = walks(applications, examples=40, steps=30, derandomize=True)

    assert_enough_was_refused(tally)


@pytest.mark.soak
def test_long_walks_of_applications_take_nearly_every_row(
    applications: Stages,
) -> None:
    tally = walks(applications, examples=1_000, steps=60)

    assert_enough_was_refused(tally)
    assert_nearly_every_row_was_taken(tally, model.RECOGNITION_ROWS)
