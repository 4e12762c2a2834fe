"""Jobs: messages are mailed once, failures are kept, the schedule is registered."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django_q.models import Schedule

from qa import clock, due, jobs
from qa.models import Message, Seal
from qa.services.messages import notify
from qa.transitions import note
from tests.qa import flow_world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[w.World]:
    with clock.at(w.MORNING):
        yield w.build()


def write(world, *people, key="k") -> None:
    notify(
        people,
        case=w.draft(world).micro_credential.case,
        key=key,
        subject=lambda: "Returned:\nDigital literacy",
        body=lambda: "Two items are missing.",
        path="/work/",
    )


class Refusing:
    """A mail server that takes nothing."""

    def send_messages(self, _messages):
        raise ConnectionRefusedError("no server")

    def close(self):
        pass


def test_a_message_is_mailed_once_with_its_link(world, settings):
    settings.ATESTA_URL = "https://atesta.example"
    write(world, world.ana)

    assert jobs.send_waiting_messages() == 1
    assert jobs.send_waiting_messages() == 0

    (sent,) = mail.outbox
    assert sent.to == ["ana@uvd.example"]
    assert sent.subject == "Returned: Digital literacy"
    assert sent.body == "Two items are missing.\n\nhttps://atesta.example/work/\n"
    assert Message.objects.get().sent_at is not None


def test_no_transaction_is_open_while_a_mail_is_on_its_way(
    world, monkeypatch, transactional_db
):
    write(world, world.ana)
    seen = []
    monkeypatch.setattr(
        jobs, "_mail", lambda *_args: seen.append(connection.in_atomic_block)
    )

    jobs.send_waiting_messages()

    assert seen == [False]


def test_a_failed_mail_is_kept_and_tried_again_later(world, monkeypatch):
    write(world, world.ana)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "get_connection", Refusing)
        assert jobs.send_waiting_messages() == 0

    message = Message.objects.get()
    assert message.last_error == "ConnectionRefusedError: no server"
    assert (message.attempts, message.sent_at) == (1, None)
    assert jobs.send_waiting_messages() == 0

    Message.objects.update(attempted_at=clock.machine_now() - jobs.WAIT_BETWEEN)
    assert jobs.send_waiting_messages() == 1
    assert Message.objects.get().last_error == ""


def test_a_mail_is_given_up_after_some_attempts(world):
    write(world, world.ana)
    Message.objects.update(attempts=jobs.ATTEMPTS)

    assert jobs.send_waiting_messages() == 0


def test_a_message_another_worker_took_is_left_to_it(world, monkeypatch):
    write(world, world.ana)
    (pk,) = Message.objects.values_list("pk", flat=True)
    Message.objects.update(attempts=1)

    assert jobs._send(pk, 0, mail.get_connection()) is False  # noqa: SLF001  the race
    assert mail.outbox == []


def test_invented_and_inactive_people_get_no_mail(world):
    type(world.ana).objects.filter(pk=world.ana.pk).update(is_demo=True)
    type(world.qa).objects.filter(pk=world.qa.pk).update(is_active=False)
    write(world, world.ana, world.qa)

    assert jobs.send_waiting_messages() == 0
    assert mail.outbox == []


def test_the_schedule_is_registered_once():
    for _ in range(2):
        call_command("schedule_jobs", stdout=StringIO())

    assert {
        s.name: s.func for s in Schedule.objects.filter(name__startswith="atesta")
    } == {
        "atesta: tick": "qa.jobs.tick",
        "atesta: seal": "qa.jobs.seal",
        "atesta: messages": "qa.jobs.send_waiting_messages",
    }
    assert all(s.next_run is not None for s in Schedule.objects.all())


def test_the_nightly_job_shows_what_failed(monkeypatch):
    monkeypatch.setattr(due, "ROWS", [due.Due("A18", lambda day: [], lambda it: None)])
    assert jobs.tick() == {}

    outcome = due.Outcome(failures=[due.Failure("A18", "MC-2026-001", "not yet")])
    monkeypatch.setattr(due, "run", lambda: outcome)
    with pytest.raises(jobs.TickFailed, match="MC-2026-001 A18: not yet"):
        jobs.tick()


def test_the_hourly_job_seals(world):
    assert jobs.seal() is None
    case = w.draft(world).micro_credential.case
    note(case, case, "read", by=world.ana)

    assert jobs.seal() == Seal.objects.get().sequence
