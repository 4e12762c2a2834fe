"""Answers that are files."""

from django.http import HttpResponse


def file_answer(
    content: bytes | str, media_type: str, name: str, *, inline: bool = False
) -> HttpResponse:
    """A file to keep, or to look at; never kept by anything in between."""
    answer = HttpResponse(content, content_type=media_type)
    place = "inline" if inline else "attachment"
    answer["Content-Disposition"] = f'{place}; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
