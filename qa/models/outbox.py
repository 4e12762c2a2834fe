"""Messages to people: written in the act's own transaction, sent afterwards."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from qa.models.people import User
from qa.models.record import Case


class Message(models.Model):
    """One message to one person; the key keeps an act from writing it twice."""

    key = models.CharField(max_length=120, unique=True)
    to = models.ForeignKey(User, models.PROTECT, related_name="messages")
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    path = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempted_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar = ["written_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["sent_at", "attempts"])]

    def __str__(self) -> str:
        return self.subject
