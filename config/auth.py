"""Who may sign in: people of the demo only where the demo is on."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import PBKDF2PasswordHasher


class PeopleBackend(ModelBackend):
    """E-mail and password; refuses demo people outside demo mode, even old sessions."""

    def user_can_authenticate(self, user: Any) -> bool:
        if getattr(user, "is_service", False):
            return False
        if getattr(user, "is_demo", False) and not settings.ATESTA_DEMO:
            return False
        return super().user_can_authenticate(user)


class KnownPasswordHasher(PBKDF2PasswordHasher):
    """Quick, for the demo: its password is printed, so slow hashes protect nothing."""

    iterations = 1_000
