"""Looking for what is due: a row or a case that fails is told, the others go on."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from qa import due
from qa.guards import validity as guard
from qa.models import Procedure, Seal
from tests.qa import flow_world as w
from tests.qa.test_tick import FROM, TO, V, approved, in_force, on, status, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def cannot_look(_day: date) -> list[tuple[str, object]]:
    raise RuntimeError("no such column")


def test_row_that_cannot_be_looked_up_does_not_stop_the_others(
    world, monkeypatch, caplog
):
    period = approved(world)
    broken = due.Due("Z00", cannot_look, lambda it: None)
    monkeypatch.setattr(due, "ROWS", [broken, *due.ROWS])
    told = StringIO()

    with on(FROM), pytest.raises(SystemExit) as ended:
        call_command("tick", stdout=StringIO(), stderr=told)

    assert ended.value.code == 1
    assert told.getvalue() == "record Z00: RuntimeError: no such column\n"
    assert status(period) == V.IN_FORCE
    assert Seal.objects.count() == 1
    assert "no such column" in caplog.text


def test_case_that_cannot_be_judged_does_not_hold_up_the_others(world, monkeypatch):
    bad = in_force(world, reevaluation_opened_at=w.MORNING)
    Procedure.objects.filter(pk=bad.procedure_id).update(kind="change")
    good = approved(world, reevaluation_opened_at=w.MORNING)
    judged = guard.no_extension_is_open

    def of_the_first(period):
        if period.pk == bad.pk:
            raise RuntimeError("no rule set")
        return judged(period)

    monkeypatch.setattr(
        due,
        "ROWS",
        [
            due.Due(one.row, one.find, one.act, of_the_first)
            for one in due.ROWS
            if one.row == "A29"
        ],
    )
    with on(TO + timedelta(days=1)):
        outcome = due.run()

    assert [str(failure) for failure in outcome.failures] == [
        f"{bad.micro_credential} A29: RuntimeError: no rule set"
    ]
    assert (status(bad), status(good)) == (V.IN_FORCE, V.EXPIRED)


def test_failure_is_told_when_the_case_cannot_be_found_again(world, monkeypatch):
    period = approved(world)
    days = iter([due.entering_into_force])

    def found_once(day):
        return next(days, cannot_look)(day)

    def refuse(_thing):
        raise RuntimeError("no paper")

    monkeypatch.setattr(due, "ROWS", [due.Due("A18", found_once, refuse)])
    with on(FROM):
        (failure,) = due.run().failures

    assert str(failure) == f"{period.micro_credential} A18: RuntimeError: no paper"
