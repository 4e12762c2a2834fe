"""What the credential of a decision says, in both languages; nothing of the person."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from recognition.enums import DocumentKind, RecognitionOutcome
from recognition.issuing.endorsement import Both, Particular, Recognition, by_hash
from recognition.models import RecognitionApplication, RecognitionDecision


def in_both(words: Callable[[], object]) -> Both:
    """The same words asked for in each language."""
    said = []
    for language in ("ro", "en"):
        with translation.override(language):
            said.append(str(words()))
    return Both(*said)


def recognition(resolution: RecognitionDecision, otherwise: str) -> Recognition:
    """All that is said; `otherwise` names what was brought where no file was."""
    credential = resolution.application.credential
    title, issuer = str(credential), in_both(lambda: credential.issuer_display)
    return Recognition(
        # The outcome comes first: a refusal is no recommendation.
        name=in_both(
            lambda: (
                _("%(outcome)s: “%(title)s”")
                % {"outcome": resolution.get_outcome_display(), "title": credential}
            )
        ),
        about=_file_name(resolution.application) or otherwise,
        brought=in_both(
            lambda: (
                _("“%(title)s”, issued by %(issuer)s")
                % {"title": credential, "issuer": credential.issuer_display or "–"}
            )
        ),
        comment=in_both(lambda: " ".join(_sentences(resolution))),
        particulars=(
            *_particulars(resolution),
            Particular(
                "credential", title, in_both(lambda: _("credential recognised"))
            ),
            *(
                [Particular("credential_issuer", str(issuer), in_both(_issued_by))]
                if issuer.en
                else []
            ),
        ),
    )


def _issued_by() -> str:
    return _("issuer of the credential")


def _file_name(application: RecognitionApplication) -> str:
    """The latest certificate in the file, by its hash; empty where it is on paper."""
    filed = application.case.documents.filter(kind=DocumentKind.CERTIFICATE)
    latest = filed.exclude(sha256="").order_by("pk").last()
    return by_hash(latest.sha256) if latest else ""


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _sentences(resolution: RecognitionDecision) -> Iterator[str]:
    """For people: the act with its outcome, then what it grants."""
    act, application = resolution.decision, resolution.application
    yield (
        _(
            "%(body)s, act %(number)s of %(day)s: %(outcome)s. Purpose: %(purpose)s,"
            " %(target)s."
        )
        % {
            "body": act.body,
            "number": act.act_number,
            "day": f"{act.decided_on:%d.%m.%Y}",
            "outcome": resolution.get_outcome_display(),
            "purpose": application.get_purpose_display(),
            "target": application.purpose_target or "–",
        }
    )
    if resolution.granted_target:
        yield _("Recognised as: %(target)s.") % {"target": resolution.granted_target}
    if resolution.ects_granted:
        yield (
            _("Credits: %(ects)s ECTS.") % {"ects": _number(resolution.ects_granted)}
        )
    if resolution.level_granted:
        yield _("Level: %(level)s.") % {"level": resolution.level_granted}
    if resolution.alternative_target:
        yield (
            _("Recognised instead for: %(target)s.")
            % {"target": resolution.alternative_target}
        )
    if resolution.outcome == RecognitionOutcome.CONDITIONAL:
        yield _("The decision sets conditions; its letter states them.")


def _particulars(resolution: RecognitionDecision) -> Iterator[Particular]:
    """For machines: each with a code and a value that do not change with the language."""
    act, application = resolution.decision, resolution.application
    yield Particular(
        "outcome",
        resolution.outcome,
        in_both(lambda: _("outcome")),
        in_both(resolution.get_outcome_display),
    )
    yield Particular(
        "purpose",
        application.purpose,
        in_both(lambda: _("purpose")),
        in_both(application.get_purpose_display),
    )
    if application.purpose_target:
        target = application.purpose_target
        yield Particular("purpose_target", target, in_both(lambda: _("asked for")))
    yield Particular(
        "act_number",
        act.act_number,
        in_both(lambda: _("act number")),
        in_both(lambda: act.body),
    )
    yield Particular(
        "decided_on", act.decided_on.isoformat(), in_both(lambda: _("decided on"))
    )
    yield from _granted(resolution)
    for article in resolution.article_classes():
        yield Particular(
            "legal_ground",
            article.code,
            in_both(lambda: _("legal ground")),
            in_both(article.cited),
        )


def _granted(resolution: RecognitionDecision) -> Iterator[Particular]:
    for code, words, label in (
        (
            "recognised_as",
            in_both(lambda: resolution.granted_target),
            in_both(lambda: _("recognised as")),
        ),
        (
            "recognised_instead_for",
            in_both(lambda: resolution.alternative_target),
            in_both(lambda: _("recognised instead for")),
        ),
    ):
        if words.en:
            yield Particular(code, str(words), label)
    if resolution.ects_granted:
        ects = _number(resolution.ects_granted)
        yield Particular("ects", ects, in_both(lambda: _("credits granted")))
    if resolution.level_granted:
        level = resolution.level_granted
        yield Particular("level", level, in_both(lambda: _("level granted")))
    for part in resolution.components.all():
        yield Particular(
            "component_ects",
            _number(part.ects),
            in_both(lambda: _("component accepted, with its credits")),
            Both(part.title, part.title),
        )
