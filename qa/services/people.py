"""The one service user: acts of time are signed too."""

from django.contrib.auth.hashers import make_password

from qa.models import User

SERVICE_ADDRESS = "atesta@localhost"


def system_actor() -> User:
    """Who signs the acts of time; has no password and can never sign in."""
    actor, _created = User.objects.get_or_create(
        is_service=True,
        defaults={
            "email": SERVICE_ADDRESS,
            "given_name": "Atesta",
            "password": make_password(None),
            "is_active": False,
        },
    )
    return actor
