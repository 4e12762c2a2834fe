"""Acts that are shown word for word before they are signed: the steps of both pages."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest

# Buttons of the page and what belongs to one request only.
NOT_CARRIED = ("csrfmiddlewaretoken", "check", "count", "rest", "back", "sign")
# Pressed, these show the form again without a word about what is not filled in yet.
ONLY_SHOW = ("count", "rest", "back")


def only_shows(request: HttpRequest) -> bool:
    """Whether the button pressed asks to see the form again, and nothing more."""
    return any(button in request.POST for button in ONLY_SHOW)


def is_to_be_signed(request: HttpRequest, *forms: Any) -> bool:
    """Posted and valid: shown word for word next, or signed there."""
    return (
        request.method == "POST"
        and not only_shows(request)
        and all(form.is_valid() for form in forms)
    )


def posted_again(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, to be carried along by the page that is signed."""
    return [
        (name, value)
        for name in request.POST
        if name not in NOT_CARRIED
        for value in request.POST.getlist(name)
    ]


def try_or_do(act: Callable[[], Any], *, signing: bool) -> Any:
    """Before it is signed the act is tried and undone, so that a refusal comes first."""
    with transaction.atomic():
        done = act()
        transaction.set_rollback(not signing)
    return done
