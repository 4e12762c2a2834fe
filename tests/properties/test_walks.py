"""Drawn walks: right and wrong people try right and wrong acts; a model says what holds.

What holds is listed in `walking`. The longer walks are asked for with `-m soak`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from fixtures.demo import texts, university
from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import body, minutes
from qa import clock, offices
from qa.enums import BodyKind, Outcome, Role
from qa.models import (
    Accreditation,
    Assessment,
    Condition,
    ConflictDeclaration,
    Decision,
    InstitutionalAccreditation,
    PanelMember,
    Procedure,
    Unit,
    User,
    Version,
)
from qa.services import decision as deciding
from qa.services import panel, validity
from qa.services.people import system_actor
from qa.transitions import perform
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
from tests.stages import STAGES, Stage

pytestmark = pytest.mark.django_db
STATED = "For the stated reason."
# The rows that the door alone is asked about, where a stranger tries an act of time.
OF_TIME = {
    "A06": "lapse",
    "A18": "enter_into_force",
    "A24": "call_reevaluation",
    "A26": "open_extension",
    "A29": "expire",
}
OF_THE_COMMISSION = ("A09", "A10", "A11", "A15")
# Enough people are left for every seat as long as the panel had no more than these.
MOST_SEATS = 12


class Walk(OfferStory):
    """A story whose every office can be taken by one person for a moment."""

    acting: User | None = None

    @classmethod
    def begin(cls, stage: Stage) -> "Walk":
        """From the stage on; a walk may last longer than the institutions' status."""
        InstitutionalAccreditation.objects.update(valid_to=None)
        procedure = Procedure.objects.get(pk=stage.procedure_id)
        walk = cls({}, procedure.micro_credential.unit, stage.day)
        walk.procedure = procedure
        walk.coordinator = procedure.coordinator
        walk.author = procedure.micro_credential.created_by
        return walk

    @contextmanager
    def by(self, person: User | None) -> Iterator[None]:
        """Everything in the block is done by this person, if one is given."""
        usual = self.coordinator
        self.acting, self.coordinator = person, person or usual
        try:
            yield
        finally:
            self.acting, self.coordinator = None, usual

    def holder(self, role: Role, unit: Unit | None = None) -> User:
        return self.acting or super().holder(role, unit)

    def chair(self) -> User:
        chairs = (m.user for m in self.seats() if m.role == "chair")
        return self.acting or next(chairs, None) or self.holder(Role.CEAC_CHAIR)

    def periods(self) -> list[Accreditation]:
        offer = self.procedure.micro_credential
        return list(Accreditation.objects.filter(micro_credential=offer).order_by("pk"))

    def latest(self) -> Procedure:
        offer = self.procedure.micro_credential_id
        found = Procedure.objects.filter(micro_credential=offer).order_by("pk").last()
        self.procedure = found
        return found

    def authors(self) -> set[User]:
        return {self.coordinator, *self.procedure.micro_credential.authors.all()}

    def chairs(self) -> set[User]:
        return {m.user for m in self.seats() if m.role == "chair"}


def entitled(walk: Walk, row: str) -> set[User]:
    """Everybody who may take the row, by the model's word for the actor."""
    actor = model.ACTOR[row]
    special: dict[str, Callable[[], set[User]]] = {
        "author": walk.authors,
        "coordinator": lambda: {walk.coordinator},
        "panel_chair": walk.chairs,
        "system": lambda: {system_actor()},
    }
    if actor in special:
        return special[actor]()
    unit = walk.procedure.micro_credential.faculty.pk if "dean" in actor else None
    also = {system_actor()} if row == "A31" else set()
    with walk.now():
        holders = {*offices.holders(Role(actor), unit), *also}
    # Who has a part in it checks nothing of it, nor acts for the commission on it.
    if actor == "qa_officer" or row in OF_THE_COMMISSION:
        holders = {one for one in holders if one.pk not in walk.interested()}
    return holders


# What must be done before a row, so that person and state alone decide


def write_and_sign(walk: Walk) -> None:
    walk.report_on_itself().complete().sign()


def fill_the_panel(walk: Walk) -> None:
    university.keep_training_fresh(walk.day)
    seated = {m.role for m in walk.seats()} | {m.role for m in walk.seats("invited")}
    with walk.now(11):
        for seat in walk.experts():
            if seat.role not in seated:
                panel.invite(
                    procedure=walk.refresh(),
                    seat=seat,
                    by=walk.holder(Role.QA_OFFICER),
                )
    walk.accept().declare()
    walk.until(clock.add_days(walk.refresh().challenge_until, 1))


def lose_a_member(walk: Walk) -> None:
    first, *others = walk.seats()
    if len(others) == 2:
        with walk.now(9):
            panel.recuse(member=first, reason=STATED, by=first.user)


def reply_in_time(walk: Walk) -> None:
    procedure = walk.refresh()
    if procedure.replied_at is None and walk.day <= procedure.factual_check_until:
        walk.reply()


def give_missing_opinions(walk: Walk) -> None:
    if not walk.procedure.decisions.filter(kind="opinion").exists():
        walk.give_opinions()


def let_the_term_pass(walk: Walk) -> None:
    procedure = walk.refresh()
    days = procedure.rule_set.lapse_after_days + 1
    walk.until(clock.add_days(procedure.return_term_on, days))


PREPARE: dict[str, Callable[[Walk], object]] = {
    "A03": write_and_sign,
    "A05": write_and_sign,
    "A06": let_the_term_pass,
    "A10": fill_the_panel,
    "A11": lose_a_member,
    "A12": lambda walk: walk.read(),
    "A13": lambda walk: walk.write_report(),
    "A14": reply_in_time,
    "A15": give_missing_opinions,
}
# For a stranger nothing is prepared that would lead the walk itself elsewhere.
LEADS_ELSEWHERE = {"A06", "A11"}


def day_of(row: str, period: Accreditation) -> Any:
    """The day on which time takes the row."""
    return {
        "A18": period.valid_from,
        "A24": period.notice_on,
        "A26": period.valid_to,
        "A29": clock.add_days(period.extended_until or period.valid_to, 1),
    }.get(row)


# The acts, through the services


def start_review(walk: Walk) -> None:
    with walk.now():
        panel.start_review(procedure=walk.refresh(), by=walk.holder(Role.CEAC_CHAIR))


def reopen_panel(walk: Walk) -> None:
    with walk.now():
        panel.reopen_panel(
            procedure=walk.refresh(), reason=STATED, by=walk.holder(Role.CEAC_CHAIR)
        )


def lapse(walk: Walk) -> None:
    with walk.now():
        validity.lapse(procedure=walk.refresh())


def senate(walk: Walk, details: dict[str, Any]) -> Any:
    """The senate's minutes of today: carried, heard, reasoned."""
    heard = {"hearing_on": clock.today(), "hearing_summary": STATED}
    return minutes(
        body(BodyKind.SENATE),
        recused=walk.interested(),
        against=1,
        reasons_ro=STATED,
        reasons_en=STATED,
        details={**details, **heard},
    )


def decide(walk: Walk, outcome: str) -> None:
    with walk.now(15):
        procedure = walk.refresh()
        details = texts.decision_details(procedure, outcome, 14, 60)
        departs = {
            "departs_from_proposal": True,
            "departure_reasons_ro": STATED,
            "departure_reasons_en": STATED,
        }
        deciding.record_decision(
            procedure=procedure,
            outcome=outcome,
            minutes=senate(walk, {**details, **departs}),
            obligations=walk._obligations(outcome),  # noqa: SLF001  the story's own
            by=walk.holder(Role.SENATE_SECRETARY),
        )


def withdraw(walk: Walk, period: Accreditation) -> None:
    plan = deciding.TeachOut(
        withdrawn_on=walk.day,
        last_enrolment_on=walk.day,
        last_assessment_on=walk.day + timedelta(days=180),
        teach_out_contact="microcertificari@uvd.example",
        transfer_options_ro=STATED,
        transfer_options_en=STATED,
    )
    with walk.now(15):
        details = texts.decision_details(walk.procedure, Outcome.REJECTED, 14, 60)
        deciding.record_withdrawal(
            accreditation=period,
            minutes=senate(walk, details),
            plan=plan,
            by=walk.holder(Role.SENATE_SECRETARY),
        )


PROCEDURE_ACTS: dict[str, Callable[[Walk], object]] = {
    "A02": lambda walk: walk.abandon(),
    "A03": lambda walk: walk.submit(),
    "A04": lambda walk: walk.return_once(),
    "A05": lambda walk: walk.submit(),
    "A06": lapse,
    "A07": lambda walk: walk.find_eligible(),
    "A08": lambda walk: walk.endorse(),
    "A08n": lambda walk: walk.endorse(favourable=False),
    "A09": lambda walk: walk.open_panel(),
    "A10": start_review,
    "A11": reopen_panel,
    "A12": lambda walk: walk.begin_report(visited=False),
    "A13": lambda walk: walk.send_for_factual_check(),
    "A14": lambda walk: walk.finalise_report(),
    "A15": lambda walk: walk.refer(),
    "A17": lambda walk: walk.follow_up(),
}
PERIOD_ACTS: dict[str, Callable[[Accreditation], object]] = {
    "A18": lambda period: validity.enter_into_force(period=period),
    "A24": lambda period: validity.call_reevaluation(period=period),
    "A26": lambda period: validity.open_extension(period=period),
    "A29": lambda period: validity.expire(period=period),
}


def act(walk: Walk, row: str, target: Any, outcome: str) -> None:
    """Take the row by its service."""
    if row == "A16":
        decide(walk, outcome)
    elif row == "A31":
        withdraw(walk, target)
    elif row in PERIOD_ACTS:
        with walk.now():
            PERIOD_ACTS[row](target)
    else:
        PROCEDURE_ACTS[row](walk)


# How the things that move are found from their case.
THINGS: dict[Any, str] = {
    Procedure: "micro_credential",
    Version: "micro_credential",
    Accreditation: "micro_credential",
    Condition: "decision__case",
    PanelMember: "procedure__micro_credential",
    ConflictDeclaration: "member__procedure__micro_credential",
    Assessment: "procedure__micro_credential",
}
# The long life of a validity period is drawn more often than each stage before it.
STARTS = (*STAGES, "approved", "in_force", "in_force", "reevaluation")


class Accreditations(Walker):
    """Walks one offer: its procedures, versions and validity periods."""

    # Days and history decide of these, whatever person and state allow.
    may_be_refused = frozenset({*model.PERIOD_ROWS, "A17"})

    def __init__(self, stage: Stage, tally: Tally) -> None:
        self.walk = Walk.begin(stage)
        super().__init__(self.walk.procedure.case_id, tally)

    def moving(self) -> list[QuerySet[Any]]:
        return [
            thing.objects.filter(**{way: self.case_id}) for thing, way in THINGS.items()
        ]

    def hold(self) -> None:
        """One accreditation in force, one open procedure of a kind."""
        offer = self.walk.procedure.micro_credential_id
        open_kinds = Procedure.objects.filter(micro_credential=offer).exclude(
            status__in=["decided", "abandoned"]
        )
        kinds = list(open_kinds.values_list("kind", flat=True))
        assert len(kinds) == len(set(kinds))
        assert [one.status for one in self.walk.periods()].count("in_force") <= 1

    def of_case(self) -> list[QuerySet[Any]]:
        return [*self.moving(), Decision.objects.filter(case=self.case_id)]

    def targets(self) -> list[tuple[str, Any, bool]]:
        procedure = self.walk.latest()
        rows = [
            (row, procedure, self.procedure_fits(procedure, row))
            for row in model.ACTOR
            if row not in (*model.PERIOD_ROWS, *model.CONDITION_ROWS)
        ]
        for period in self.walk.periods():
            for row in model.PERIOD_ROWS:
                allowed = self.model.allows("qa.accreditation", period.pk, row)
                rows.append((row, period, allowed))
        return rows + self.condition_targets()

    def procedure_fits(self, procedure: Procedure, row: str) -> bool:
        if row == "A17":
            return procedure.outcome == "resubmit"
        if row == "A04" and procedure.returns_used:
            return False
        if row == "A11" and procedure.members.count() > MOST_SEATS:
            return False
        return self.model.allows("qa.procedure", procedure.pk, row)

    def wait(self, days: int) -> None:
        self.walk.wait(days)

    def prepare(self, row: str, target: Any, draw: Draw) -> None:
        if row in model.PERIOD_ROWS:
            self.walk.until(day_of(row, target))
        elif row not in model.CONDITION_ROWS:
            PREPARE.get(row, lambda _walk: None)(self.walk)

    def prepare_for_a_stranger(self, row: str, target: Any, draw: Draw) -> None:
        if row not in LEADS_ELSEWHERE:
            self.prepare(row, target, draw)

    def entitled(self, row: str, target: Any) -> set[User]:
        if row == "C2":
            return {target.owner}
        own = {target.owner} if row in model.CONDITION_ROWS else set()
        return entitled(self.walk, row) - own

    def act(self, row: str, target: Any, draw: Draw) -> None:
        if row in model.CONDITION_ROWS:
            person, *_others = self.entitled(row, target)
            self.act_as(person, row, target, draw)
        else:
            act(self.walk, row, target, draw.outcome)

    def act_as(self, person: User, row: str, target: Any, draw: Draw) -> None:
        if row in model.CONDITION_ROWS:
            with self.walk.now():
                judge_condition(row, target, person)
        elif row in OF_TIME:
            with self.walk.now():
                perform(target, OF_TIME[row], by=person, reason=STATED)
        else:
            with self.walk.by(person):
                act(self.walk, row, target, draw.outcome)

    def act_from_elsewhere(self, row: str, target: Any, draw: Draw) -> None:
        if row in ("A03", "A05"):  # one service for both: ask the door itself
            name = "submit" if row == "A03" else "resubmit_completed"
            with self.walk.now():
                perform(target, name, by=self.walk.coordinator)
        else:
            self.act(row, target, draw)


def walks(stages: dict[str, Stage], **how: Any) -> Tally:
    return take_walks(
        lambda start, tally: Accreditations(stages[start], tally), STARTS, **how
    )


@pytest.mark.apart
def test_drawn_walks_stay_on_the_model(stages: dict[str, Stage]) -> None:
    tally = walks(stages, examples=40, steps=30, derandomize=True)

    assert_enough_was_refused(tally)
    # What may be refused is not always refused.
    assert {"A18", "A24", "A31"} <= tally.taken.keys()


@pytest.mark.soak
def test_long_drawn_walks_take_nearly_every_row(stages: dict[str, Stage]) -> None:
    tally = walks(stages, examples=1_000, steps=60)

    assert_enough_was_refused(tally)
    assert_nearly_every_row_was_taken(tally, model.ACCREDITATION_ROWS)
