"""What holds for every request and every answer, whatever page it is."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import parse_header_parameters

Answer = Callable[[HttpRequest], HttpResponseBase]
Serve = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
UTF_8 = ("utf-8", "utf8", "us-ascii")
REFUSAL = "Trimiteți textul ca UTF-8. / Send text as UTF-8.\n"


def only_utf8(application: Serve) -> Serve:
    """Refuse another character set than UTF-8 before anything is read in it.

    Browsers send none; Python knows odd ones, in which an address is no text at all.
    """

    def served(
        environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        if charset_of(environ) in UTF_8:
            return application(environ, start_response)
        start_response(
            "400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")]
        )
        return [REFUSAL.encode()]

    return served


def charset_of(environ: dict[str, Any]) -> str:
    """What the request says of its text; UTF-8 if it says nothing."""
    try:
        _kind, told = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
    except ValueError:
        return "unreadable"
    return told.get("charset", "utf-8").strip().lower()


def nothing_kept_by_others(get_response: Answer) -> Answer:
    """What a signed-in person is shown stays in no cache, on the way or in the browser."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = get_response(request)
        if request.user.is_authenticated and not answer.has_header("Cache-Control"):
            patch_cache_control(answer, private=True, no_store=True)
        return answer

    return middleware
