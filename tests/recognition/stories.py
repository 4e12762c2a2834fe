"""Short stories the tests of recognition share: another day, a question, a conflict."""

from datetime import date, timedelta

from qa import clock
from recognition.services import comparing, filing, handling
from tests.factories import recognition as r


def day(text):
    return date.fromisoformat(text)


def later(days, hour=8):
    return clock.at((r.MORNING + timedelta(days=days)).replace(hour=hour))


def incomplete(office):
    return filing.declare_incomplete(
        application=r.file(office),
        items=[("Syllabus", "It states the outcomes"), ("Transcript", "It has grades")],
        by=office.oana,
    )


def ask(office, application, question="Which edition was it?", by=None):
    return handling.request_information(
        application=application,
        question=handling.Question(question, "The syllabus changed in 2024"),
        by=by or office.oana,
    )


def conflicted(office):
    application = r.at(office, "tracked")
    comparing.name_assessor(
        application=application, assessor=office.ana, by=office.horia
    )
    comparing.declare_conflict(
        application=application,
        conflicts=["co_authorship"],
        text="A paper in 2024",
        by=office.ana,
    )
    return application
