"""Whose turn it is in an application: the engine's own rows under our name."""

from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process

from recognition.models.application import RecognitionApplication


class RecognitionProcess(Process):
    """The turns of one application; the application itself is its artifact."""

    class Meta:
        proxy = True
        verbose_name = _("course of an application")
        verbose_name_plural = _("courses of applications")

    def __str__(self) -> str:
        return f"{self.artifact}"

    @property
    def application(self) -> RecognitionApplication:
        return self.artifact
