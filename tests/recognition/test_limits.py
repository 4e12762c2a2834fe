"""The clock: calendar months, paused days, gross and net time."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import clock
from qa.working_days import add_working_days, is_working_day
from recognition.limits import ClockRule, limits, read
from recognition.services import filing, handling
from tests.factories import recognition as r
from tests.recognition.stories import ask, later

RULE = ClockRule(target_days=30, limit_months=4)
MOVING = ClockRule(target_days=30, limit_months=4, moves_to_working_day=True)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
PAUSES = st.integers(0, 400)


@pytest.mark.parametrize(
    ("started", "limit"),
    [
        (date(2026, 1, 31), date(2026, 5, 31)),
        (date(2026, 10, 31), date(2027, 2, 28)),
        (date(2027, 10, 31), date(2028, 2, 29)),
        (date(2026, 5, 31), date(2026, 9, 30)),
        (date(2026, 11, 14), date(2027, 3, 14)),
    ],
)
def test_limit_is_four_calendar_months(started, limit):
    assert limits(started, RULE).limit_on == limit


def test_target_is_thirty_days():
    assert limits(date(2026, 11, 2), RULE).target_on == date(2026, 12, 2)


@given(DAYS)
def test_limit_falls_on_the_same_day_of_the_month_or_its_last(started):
    limit = limits(started, RULE).limit_on

    assert (limit.year * 12 + limit.month) - (started.year * 12 + started.month) == 4
    last = (limit + timedelta(days=1)).month != limit.month
    assert limit.day == started.day or (last and limit.day < started.day)


@given(DAYS, PAUSES, PAUSES)
def test_every_paused_day_moves_both_limits(started, before, more):
    earlier, later = (
        limits(started, RULE, before),
        limits(started, RULE, before + more),
    )

    assert later.target_on - earlier.target_on == timedelta(days=more)
    assert later.limit_on - earlier.limit_on == timedelta(days=more)


@given(DAYS, DAYS)
def test_later_start_never_ends_earlier(one, other):
    first, last = sorted((one, other))

    assert limits(first, RULE).target_on <= limits(last, RULE).target_on
    assert limits(first, RULE).limit_on <= limits(last, RULE).limit_on


@given(DAYS, PAUSES)
def test_last_day_moves_to_a_working_day_only_where_the_rule_says_so(started, paused):
    still, moved = limits(started, RULE, paused), limits(started, MOVING, paused)

    for day, kept in (
        (moved.target_on, still.target_on),
        (moved.limit_on, still.limit_on),
    ):
        assert is_working_day(day, "RO")
        assert day >= kept
        assert day == kept or not is_working_day(kept, "RO")


def test_own_closure_moves_the_last_day():
    day_off = date(2026, 12, 2)
    rule = ClockRule(30, 4, moves_to_working_day=True, closures=frozenset({day_off}))

    assert limits(date(2026, 11, 2), rule).target_on == date(2026, 12, 3)


@given(DAYS, st.integers(1, 20))
def test_working_days_count_only_working_days(day, count):
    last = add_working_days(day, count, "RO")
    passed = [day + timedelta(days=n + 1) for n in range((last - day).days)]

    assert sum(is_working_day(d, "RO") for d in passed) == count
    assert is_working_day(last, "RO")


def application(**changes):
    return SimpleNamespace(
        **{
            "submitted_on": date(2026, 10, 26),
            "clock_started_on": date(2026, 11, 2),
            "target_on": date(2026, 12, 2),
            "limit_on": date(2027, 3, 2),
            "paused_days": 0,
            "paused_from": None,
            "paused_until": None,
            "due_on": None,
            "delivered_on": None,
            "withdrawn_on": None,
        }
        | changes
    )


def test_gross_time_counts_from_filing_and_net_time_from_completeness():
    now = read(application(), date(2026, 11, 12))

    assert (now.gross_days, now.net_days) == (17, 10)


def test_clock_does_not_run_before_completeness():
    now = read(
        application(clock_started_on=None, target_on=None, limit_on=None),
        date(2027, 10, 1),
    )

    assert (now.net_days, now.past_target, now.past_limit) == (0, False, False)


def test_running_pause_moves_both_limits_day_by_day():
    now = read(application(paused_from=date(2026, 11, 10)), date(2026, 11, 20))

    assert now.is_paused
    assert (now.target_on, now.limit_on) == (date(2026, 12, 12), date(2027, 3, 12))
    assert (now.paused_days, now.net_days) == (10, 8)


def test_pause_ends_when_the_reply_arrives_though_nobody_read_it_yet():
    now = read(
        application(paused_from=date(2026, 11, 10), paused_until=date(2026, 11, 13)),
        date(2026, 11, 20),
    )

    assert (now.paused_days, now.target_on) == (3, date(2026, 12, 5))


def test_pause_ends_with_its_term_though_nobody_went_on_yet():
    now = read(
        application(paused_from=date(2026, 11, 10), due_on=date(2026, 12, 10)),
        date(2026, 12, 20),
    )

    assert (now.paused_days, now.target_on) == (30, date(2027, 1, 1))


@given(st.integers(0, 600), st.integers(0, 300))
def test_paused_case_is_never_late_because_of_the_pause(before, paused):
    """Paused for `paused` days it is exactly as late as it was when the pause began."""
    began = date(2026, 11, 2) + timedelta(days=before)
    case = application(paused_from=began)

    now, then = read(case, began + timedelta(days=paused)), read(application(), began)

    assert (now.past_target, now.past_limit) == (then.past_target, then.past_limit)
    assert now.net_days == then.net_days


@pytest.mark.parametrize(
    ("today", "late"),
    [
        (date(2026, 12, 2), (False, False)),
        (date(2026, 12, 3), (True, False)),
        (date(2027, 3, 2), (True, False)),
        (date(2027, 3, 3), (True, True)),
    ],
)
def test_case_is_late_on_the_day_after_the_last(today, late):
    now = read(application(), today)

    assert (now.past_target, now.is_overdue) == late


def test_clock_stops_when_the_applicant_is_told():
    now = read(application(delivered_on=date(2026, 11, 20)), date(2027, 10, 1))

    assert (now.has_stopped, now.net_days, now.is_overdue) == (True, 18, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answered", "withdrawn", "paused", "net"),
    [(None, 12, 10, 2), (6, 12, 4, 8), (None, 40, 30, 10)],
    ids=["while asked", "after the reply", "after the term"],
)
def test_a_pause_before_a_withdrawal_is_not_net_time(
    office, answered, withdrawn, paused, net
):
    application = r.at(office, "complete")
    before = read(application, clock.today())
    with later(2):
        ask(office, application)
    if answered:
        with later(answered):
            handling.answer_request(
                application=application, answer="The second.", by=office.radu
            )
    with later(withdrawn):
        told = filing.withdraw_application(application=application, by=office.radu)
        now = read(told, clock.today())
    after = read(r.again(told), clock.today() + timedelta(days=400))

    assert (now.net_days, now.paused_days) == (net, paused)
    assert (after.net_days, after.paused_days) == (net, paused)
    assert now.target_on == before.target_on + timedelta(days=paused)
    assert now.limit_on == before.limit_on + timedelta(days=paused)
    assert now.gross_days - now.net_days == paused
    request = told.info_requests.get()
    assert request.paused_days == paused


def test_clock_stops_when_the_application_is_withdrawn():
    now = read(application(withdrawn_on=date(2026, 11, 20)), date(2027, 10, 1))

    assert (now.has_stopped, now.gross_days) == (True, 25)
