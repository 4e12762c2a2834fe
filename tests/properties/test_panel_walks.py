"""Drawn walks of panels: seats, declarations of conflict, independent readings.

What holds is listed in `walking`; of panels there holds beyond it:

14. A seat has a declaration exactly when it was accepted at some time.
15. Whoever has a reading to write declared no conflict, or it was cleared.
16. No panel ever has two chairs who accepted.
17. Who took a seat had been trained within the term, and the seat keeps the day.

The longer walks are asked for with `-m soak`.
"""

from typing import Any

import pytest

from fixtures.demo import texts
from qa import clock, offices
from qa.enums import PanelRole, Role
from qa.models import (
    Assessment,
    ConflictDeclaration,
    Procedure,
    User,
)
from qa.services import panel, review
from qa.services.panel import Seat
from tests.properties import model
from tests.properties.test_walks import STATED, Accreditations, fill_the_panel
from tests.properties.walking import (
    Draw,
    Tally,
    assert_enough_was_refused,
    assert_nearly_every_row_was_taken,
    take_walks,
)
from tests.stages import Stage

pytestmark = pytest.mark.django_db
STARTS = (
    *("panel_setup", "panel_accepted", "panel_ready", "under_review", "endorsed"),
    *("report_written", "factual_check"),
)
REPORT_ROWS = ("A13", "A14")
OPEN = ("panel_setup", "under_review", "report_draft", "factual_check")
KINDS = ("chair", "student", "employer")
LABELS = {
    "P": "qa.panelmember",
    "D": "qa.conflictdeclaration",
    "S": "qa.assessment",
}


class Panels(Accreditations):
    """Walks the panel of one procedure, and the step that lets it read."""

    may_be_refused = frozenset()

    def __init__(self, stage: Stage, tally: Tally) -> None:
        super().__init__(stage, tally)
        self.experts = {
            kind: [one.pk for one in texts.experts_of_kind(kind)] for kind in KINDS
        }
        # Whom the walk asks first took the last course too long ago.
        first, *_others = self.candidates()["chair"]
        stale = clock.add_months(self.walk.day, -model.TRAINING_MONTHS - 1)
        User.objects.filter(pk=first).update(trained_on=stale)

    # What could be done

    def targets(self) -> list[tuple[str, Any, bool]]:
        procedure = self.walk.latest()
        free = self.candidates()
        is_open = procedure.status in OPEN and bool(free["chair"])
        rows: list[tuple[str, Any, bool]] = [
            ("P1", procedure, is_open),
            *((row, procedure, self.sends(row, procedure)) for row in REPORT_ROWS),
        ]
        if all(free.values()):
            fits = self.procedure_fits(procedure, "A10")
            rows.append(("A10", procedure, fits))
        for thing in self.things():
            rows.extend(
                (row, thing, self.fits(row, thing, procedure, is_open=is_open))
                for row in model.PANEL_ACTOR
                if row != "P1" and LABELS[row[0]] == thing._meta.label_lower
            )
        return rows

    def things(self) -> list[Any]:
        of_panel = self.walk.procedure.members.order_by("pk")
        found: list[Any] = [*of_panel.select_related("user")]
        for model_of in (ConflictDeclaration, Assessment):
            theirs = model_of.objects.filter(member__in=of_panel).order_by("pk")
            found += theirs.select_related("member__user")
        return found

    def fits(
        self, row: str, thing: Any, procedure: Procedure, *, is_open: bool
    ) -> bool:
        """State, and what the seat and the procedure must be for it."""
        seat = getattr(thing, "member", thing)
        if row in ("D1", "D2", "D4", "S2") and seat.status != "accepted":
            return False
        if row == "P5" and not is_open:
            return False
        if row in ("P2", "P4", "D4") and procedure.status not in OPEN:
            return False
        if row == "P2" and not self.may_sit(seat):
            return False
        if row == "S2" and (
            procedure.status != "under_review" or self.may_be_challenged(seat)
        ):
            return False
        return self.model.allows(LABELS[row[0]], thing.pk, row)

    def may_sit(self, seat: Any) -> bool:
        """Trained long enough ago and not too long, and for a chair: none sits yet."""
        since = clock.add_months(self.walk.day, -model.TRAINING_MONTHS)
        trained = seat.user.trained_on
        return (
            trained is not None
            and since <= trained <= self.walk.day
            and not (seat.role == "chair" and self.walk.chairs())
        )

    def sends(self, row: str, procedure: Procedure) -> bool:
        """The report leaves a whole panel, by a chair who can be challenged no more."""
        if not self.model.allows("qa.procedure", procedure.pk, row):
            return False
        seats = self.walk.seats()
        chairs = [seat for seat in seats if seat.role == "chair"]
        voting = [seat for seat in seats if seat.role not in ("secretary", "observer")]
        return (
            len(chairs) == 1
            and not self.may_be_challenged(chairs[0])
            and chairs[0].declaration.status in ("none", "cleared")
            and any(seat.role == "student" for seat in seats)
            and len(voting) >= 3
            and sum(seat.is_external for seat in voting) >= 2
        )

    def may_be_challenged(self, seat: Any) -> bool:
        """Who joined during the review waits with the reading, a chair with the report."""
        return seat.challenge_until is not None and (
            self.walk.day <= seat.challenge_until
        )

    def candidates(self) -> dict[str, list[int]]:
        """By kind, experts who were never asked and have no part in the offer."""
        taken = self.walk.interested()
        return {
            kind: [one for one in experts if one not in taken]
            for kind, experts in self.experts.items()
        }

    def seat(self, draw: Draw) -> Seat:
        """A free academic, some asked to chair; else one who was asked before."""
        first, *_others = self.candidates()["chair"] or self.experts["chair"]
        asked = User.objects.get(pk=first)
        return Seat(
            user=asked,
            role=PanelRole.ACADEMIC if draw.who % 3 else PanelRole.CHAIR,
            is_external=True,
            employer=asked.affiliation,
        )

    # Who may

    def entitled(self, row: str, target: Any) -> set[User]:
        if row not in model.PANEL_ACTOR:
            return super().entitled(row, target)
        actor = model.PANEL_ACTOR[row]
        member = getattr(target, "member", target)
        if actor == "member":
            return {member.user}
        own = set() if row == "P1" else {member.user}
        with self.walk.now():
            holders = {*offices.holders(Role(actor), None)}
        if actor == "qa_officer":
            own |= {one for one in holders if self.is_tied(one)}
        elif actor == "ceac_chair":
            own |= {one for one in holders if one.pk in self.walk.interested()}
        return holders - own

    def is_tied(self, officer: User) -> bool:
        """Of the proposing faculty, or with a part in the proposal."""
        faculty = self.walk.procedure.micro_credential.faculty
        unit = officer.unit
        return officer.pk in self.walk.interested() or (
            unit is not None and faculty in (unit, unit.parent)
        )

    # The steps' own

    def prepare(self, row: str, target: Any, draw: Draw) -> None:
        if row == "A10":
            self.clear_conflicts()
            self.leave_one_chair()
            fill_the_panel(self.walk)
        elif row in REPORT_ROWS:
            super().prepare(row, target, draw)
        elif row == "S2":
            self.write_readings(target)

    def clear_conflicts(self) -> None:
        for one in ConflictDeclaration.objects.filter(
            member__procedure=self.walk.procedure, status="declared"
        ):
            with self.walk.now(11):
                panel.decide_declaration(
                    declaration=one,
                    uphold=False,
                    reasons=STATED,
                    by=self.walk.holder(Role.CEAC_CHAIR),
                )

    def leave_one_chair(self) -> None:
        """Who was asked for a chair that somebody has declines."""
        asked = [*self.walk.seats(), *self.walk.seats("invited")]
        _first, *others = [seat for seat in asked if seat.role == "chair"] or [None]
        for seat in others:
            with self.walk.now(11):
                panel.decline(member=seat, reason=STATED, by=seat.user)

    def write_readings(self, assessment: Assessment) -> None:
        for standard in self.walk.procedure.standard_set.standards.all():
            with self.walk.now(11):
                review.save_reading(
                    assessment=assessment,
                    standard=standard,
                    data=texts.reading(standard, self.walk.version, assessment.member),
                    by=assessment.member.user,
                )

    def act(self, row: str, target: Any, draw: Draw) -> None:
        if row not in model.PANEL_ACTOR:
            super().act(row, target, draw)
            return
        may = sorted(self.entitled(row, target), key=lambda user: user.pk)
        self.act_as(may[draw.who % len(may)], row, target, draw)

    def act_as(self, person: User, row: str, target: Any, draw: Draw) -> None:
        if row not in model.PANEL_ACTOR:
            super().act_as(person, row, target, draw)
            return
        with self.walk.now(16):
            if row == "P1":
                panel.invite(procedure=target, seat=self.seat(draw), by=person)
            elif row == "P5":
                panel.replace(member=target, seat=self.seat(draw), by=person)
            else:
                ACTS[row](target, by=person)

    # What the record says

    def hold(self) -> None:
        super().hold()
        assert len(self.walk.chairs()) <= 1
        for member in self.walk.procedure.members.select_related("declaration"):
            was_accepted = member.undertaking_at is not None
            assert hasattr(member, "declaration") == was_accepted
            assert (member.trained_on is not None) == was_accepted
        readings = Assessment.objects.filter(procedure=self.walk.procedure)
        for status in readings.values_list("member__declaration__status", flat=True):
            assert status in ("none", "cleared")


ACTS: dict[str, Any] = {
    "P2": lambda it, by: panel.accept(member=it, undertaking=True, by=by),
    "P3": lambda it, by: panel.decline(member=it, reason=STATED, by=by),
    "P4": lambda it, by: panel.recuse(member=it, reason=STATED, by=by),
    "D1": lambda it, by: panel.declare_no_conflict(declaration=it, by=by),
    "D2": lambda it, by: panel.declare_conflict(
        declaration=it, grounds=["mentoring"], text=STATED, by=by
    ),
    "D3": lambda it, by: panel.decide_declaration(
        declaration=it, uphold=False, reasons=STATED, by=by
    ),
    "D4": lambda it, by: panel.decide_declaration(
        declaration=it, uphold=True, reasons=STATED, by=by
    ),
    "S2": lambda it, by: review.submit_assessment(assessment=it, by=by),
}


def walks(stages: dict[str, Stage], **how: Any) -> Tally:
    return take_walks(lambda start, tally: Panels(stages[start], tally), STARTS, **how)


@pytest.mark.apart
def test_drawn_walks_of_panels_stay_on_the_model(stages: dict[str, Stage]) -> None:
    tally = walks(stages, examples=40, steps=30, derandomize=True)

    assert_enough_was_refused(tally)


@pytest.mark.soak
def test_long_walks_of_panels_take_nearly_every_row(stages: dict[str, Stage]) -> None:
    tally = walks(stages, examples=1_000, steps=60)

    assert_enough_was_refused(tally)
    assert_nearly_every_row_was_taken(tally, model.PANEL_ROWS)
