"""Beginning a service: the application under its lock, and a plain refusal."""

from qa.models import Case
from qa.transitions import TransitionRefused
from recognition.models import RecognitionApplication


def locked(application: RecognitionApplication) -> RecognitionApplication:
    """The application as it is now, under the lock of its case."""
    Case.lock(application.pk)
    return RecognitionApplication.objects.select_related(
        "case", "rule_set", "applicant"
    ).get(pk=application.pk)


def refuse_unless(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise TransitionRefused(sentence)
