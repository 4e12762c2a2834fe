"""Beginning a service: the application under its lock."""

from qa.models import Case
from recognition.models import RecognitionApplication


def locked(application: RecognitionApplication) -> RecognitionApplication:
    """The application as it is now, under the lock of its case."""
    Case.lock(application.pk)
    return RecognitionApplication.objects.select_related(
        "case", "rule_set", "applicant"
    ).get(pk=application.pk)
