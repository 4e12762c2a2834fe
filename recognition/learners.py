"""Whose credential it is: the learner that it names beside the applicant."""

from django.utils.translation import gettext as _

from qa.folded import folded
from recognition import crosswalk
from recognition.credentials.findings import Check, Report, Result
from recognition.models import RecognitionApplication


def other_learner(application: RecognitionApplication) -> str:
    """One sentence where the credential names somebody else; nothing if it does not.

    It decides nothing: names change, and not every file names its learner.
    """
    latest = {c.document_id: c.told for c in application.credential_checks.all()}
    reports = [told for told in latest.values() if crosswalk.is_credential(told)]
    doubtful = [one for one in reports if recipient_of(one) is not Result.PASS]
    names = [name for one in doubtful if (name := _named(one))]
    if len(doubtful) == len(reports):  # no file knows the applicant
        credential = application.credential
        names.append(
            f"{credential.learner_given_name} {credential.learner_family_name}".strip()
        )
    others = [name for name in names if not _is_called(application, name)]
    if others:
        return _(
            "The credential names %(learner)s; the applicant is %(applicant)s. See "
            "whether they are the same person."
        ) % {"learner": others[0], "applicant": application.applicant}
    if any(recipient_of(one) is Result.FAIL for one in doubtful):
        return _(
            "The credential is made out to an address or number that the applicant has "
            "not given. See whether they are the same person."
        )
    return ""


def recipient_of(report: Report) -> Result:
    """What was found of the recipient of a file, or of what it holds."""
    found = {one.findings[Check.RECIPIENT].result for one in report.all}
    known = (Result.FAIL, Result.PASS)
    return next((one for one in known if one in found), Result.UNKNOWN)


def _named(report: Report) -> str:
    said = {claim.name: claim.value for claim in crosswalk.claims_of(report)}
    name = said.get("learner")
    return " ".join(name.split()) if isinstance(name, str) else ""


def _is_called(application: RecognitionApplication, name: str) -> bool:
    person = application.applicant
    known = f"{person.given_name} {person.family_name}"
    return not name or sorted(folded(name).split()) == sorted(folded(known).split())
