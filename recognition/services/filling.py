"""Filling an application from a verified file; what a person wrote is never replaced."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from qa import record
from qa.models import User
from recognition import crosswalk
from recognition import permissions as may
from recognition.enums import ApplicationStatus, Element
from recognition.models import CredentialCheck, RecognitionApplication
from recognition.services.asking import locked

EMPTY: tuple[Any, ...] = (None, "", [])


@transaction.atomic
def fill_from(
    *, application: RecognitionApplication, check: CredentialCheck, by: User
) -> list[str]:
    """Fill what is still empty in a draft; what the file says is kept beside it.

    Once filed, no value changes: only what the file says of each is added.
    """
    fresh = locked(application)
    credential = fresh.credential
    said = crosswalk.fields_from(check.told, applicant=fresh.applicant)
    draft = fresh.status == ApplicationStatus.DRAFT and may.files(fresh, by)
    filled = [n for n in said if draft and getattr(credential, n) in EMPTY]
    # A level of one kind beside a number of another would contradict itself.
    if "level_kind" not in filled:
        filled = [name for name in filled if name != "eqf_level"]
    for name in filled:
        setattr(credential, name, said[name].value)
    credential.origins |= {name: _kept(said[name], check) for name in said}
    if filled:  # what was ticked as not stated, and is stated now, is missing no more
        missing = [it for it in credential.missing if not credential.states(it)]
        credential.missing = missing
    credential.save(update_fields=[*filled, "origins", "missing"])
    return filled


def _kept(origin: crosswalk.Origin, check: CredentialCheck) -> Any:
    kept = {
        "value": origin.value,
        "place": origin.place,
        "raw": origin.raw,
        "check": check.pk,
    }
    if origin.is_of_criteria:
        kept["is_of_criteria"] = True
    return record.recordable(kept)


def missing_in_file(application: RecognitionApplication) -> list[dict[str, str]]:
    """What to ask for: the elements about which no credential file says anything.

    In the applicant's language, who reads it; nothing without a file that is a
    credential: a scan or a damaged file says nothing of the award it stands for.
    """
    latest = {c.document_id: c.told for c in application.credential_checks.all()}
    unstated = [
        set(crosswalk.unstated(report))
        for report in latest.values()
        if crosswalk.is_credential(report)
    ]
    nowhere = set.intersection(*unstated) if unstated else set()
    with translation.override(application.applicant.language):
        return [
            {"what": str(element.label), "why": _why(application, element)}
            for element in Element
            if element in nowhere
        ]


def _why(application: RecognitionApplication, element: Element) -> str:
    if application.credential.states(element):
        return gettext(
            "The application states it, but the credential file does not: send a "
            "document that shows it."
        )
    return gettext(
        "It is an element of every micro-credential (EU Annex I), and neither the "
        "credential file nor the application states it."
    )
