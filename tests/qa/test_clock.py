"""The clock: the machine's, set for a story, or a demo's later day."""

from datetime import UTC, datetime, timedelta

from qa import clock


def test_the_clock_is_the_machines():
    assert abs(clock.now() - clock.machine_now()) < timedelta(minutes=1)


def test_a_demo_lives_on_a_later_day_and_the_machine_does_not(settings):
    settings.ATESTA_DEMO_DAYS_AHEAD = 30

    ahead = clock.now() - clock.machine_now()

    assert abs(ahead - timedelta(days=30)) < timedelta(minutes=1)
    assert abs(datetime.now(UTC) - clock.machine_now()) < timedelta(minutes=1)


def test_a_story_sets_the_clock_whatever_day_the_demo_lives_on(settings):
    settings.ATESTA_DEMO_DAYS_AHEAD = 30
    instant = datetime(2026, 1, 12, 8, tzinfo=UTC)

    with clock.at(instant):
        assert clock.now() == instant
