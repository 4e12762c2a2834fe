"""Whose turn it is: the engine's own rows under our names; they hold no facts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process, Task

from qa import clock
from qa.models.procedure import Procedure


class ProcedureProcess(Process):
    """The turns of one procedure; the procedure itself is its artifact."""

    class Meta:
        proxy = True
        verbose_name = _("course of a procedure")
        verbose_name_plural = _("courses of procedures")

    def __str__(self) -> str:
        return f"{self.artifact}"

    @property
    def procedure(self) -> Procedure:
        return self.artifact


class Turn(Task):
    """One step in one course: its person or its office, since the instant of the act."""

    class Meta:
        proxy = True
        verbose_name = _("turn")
        verbose_name_plural = _("turns")

    def __str__(self) -> str:
        return f"{self.title} · {self.status}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.created = clock.now()
        super().save(*args, **kwargs)
