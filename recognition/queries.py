"""Reads used twice: who sees what, the officer's queue, the clock's rule."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from qa import clock
from qa.enums import BodyKind, Confidentiality, DeclarationStatus, Role
from qa.models import (
    Appointment,
    Body,
    Closure,
    Condition,
    Document,
    Event,
    Institution,
    Membership,
    User,
)
from qa.queries import roles_of
from recognition import permissions as may
from recognition.enums import ApplicationStatus as S
from recognition.enums import DocumentKind, IssuerStatus
from recognition.guards.comparison import FREE_OF_CONFLICT
from recognition.limits import ClockRule
from recognition.models import Assessor, RecognitionApplication, Recusal
from recognition.models.constraints import TOLD

SEES_ALL = frozenset(
    {
        Role.RECOGNITION_OFFICER,
        Role.HEAD_OF_RECOGNITION,
        Role.COMMITTEE_SECRETARY,
        Role.AUDITOR,
    }
)
WORKS_IN_OFFICE = SEES_ALL | {Role.ASSESSOR}
BEFORE_THE_COMMITTEE = (S.IN_COMMITTEE, S.DECIDED, S.NOTIFIED, S.FINAL)
CLOSED = (S.FINAL, S.WITHDRAWN)
HANDLED = (
    S.SUBMITTED,
    S.INCOMPLETE,
    S.COMPLETE,
    S.VERIFYING,
    S.TRACKED,
    S.COMPARING,
    S.INFO_REQUESTED,
    S.PROPOSED,
    S.IN_COMMITTEE,
    S.DECIDED,
    S.NOTIFIED,
)


def applications_visible_to(user: User) -> QuerySet[RecognitionApplication]:
    """The applications whose file the person may open.

    Applicants see their own; the office all that was filed, but for a case from which
    a conflict or a recusal keeps the person; an assessor the cases named for, free of
    conflict; members of the committee the items before it, unless recused. Who assesses
    and sits is recused from the vote alone.
    """
    recused = Recusal.objects.filter(application=OuterRef("pk"), user=user)
    assessed = Q(Exists(_assessed_by(user)))
    if SEES_ALL & roles_of(user).keys():
        # Who was named or sits was so for a filed application: nothing is left to ask.
        filed = ~Q(status=S.DRAFT) | Q(is_paper_file=True, opened_by=user)
        conflicted = Assessor.objects.filter(
            application=OuterRef("pk"), user=user, declaration=DeclarationStatus.UPHELD
        )
        return RecognitionApplication.objects.filter(
            Q(applicant=user)
            | filed & ~Q(Exists(conflicted)) & (~Q(Exists(recused)) | assessed)
        )
    seen = Q(applicant=user) | assessed
    sits = Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=clock.today()),
        body=OuterRef("committee"),
        user=user,
        valid_from__lte=clock.today(),
    )
    seen |= Q(Exists(sits), status__in=BEFORE_THE_COMMITTEE) & ~Q(Exists(recused))
    return RecognitionApplication.objects.filter(seen)


def _named(user: User) -> QuerySet[Assessor]:
    return Assessor.objects.filter(
        application=OuterRef("pk"), user=user, replaced_at=None
    )


def _assessed_by(user: User) -> QuerySet[Assessor]:
    """To declare comes before reading: until it is decided, nothing is opened."""
    return _named(user).filter(declaration__in=FREE_OF_CONFLICT)


def applications_to_declare_on(user: User) -> QuerySet[RecognitionApplication]:
    """What one is named assessor for: enough to declare, not to read the file."""
    return RecognitionApplication.objects.filter(Exists(_named(user)))


def filed_by(user: User) -> QuerySet[RecognitionApplication]:
    """Applications that are one's own, and drafts one files from paper."""
    return RecognitionApplication.objects.filter(
        Q(applicant=user) | Q(is_paper_file=True, opened_by=user, status=S.DRAFT)
    )


def documents_open_to(
    application: RecognitionApplication, user: User
) -> QuerySet[Document]:
    """The documents of the case that the person may read.

    Restricted ones only who files or handles the case; no letter is open to the
    applicant before its delivery.
    """
    documents = application.case.documents.all()
    if not (may.files(application, user) or may.works_on(application, user)):
        documents = documents.exclude(confidentiality=Confidentiality.RESTRICTED)
    if application.applicant_id == user.pk and application.status not in TOLD:
        documents = documents.exclude(kind=DocumentKind.DECISION_LETTER)
    return documents


def letter_issued_on(application: RecognitionApplication) -> date | None:
    """The day of the letter of decision; of the first, should there be several."""
    letters = application.case.documents.filter(kind=DocumentKind.DECISION_LETTER)
    first = letters.exclude(sha256="").order_by("added_at").first()
    return clock.local_day(first.added_at) if first else None


def conditions_told() -> QuerySet[Condition]:
    """Conditions of the decisions whose letter was delivered: not a day before."""
    return Condition.objects.filter(decision__recognition__application__status__in=TOLD)


def works_in_office(user: User) -> bool:
    """Whether the person handles, compares or decides other people's applications."""
    if WORKS_IN_OFFICE & roles_of(user).keys():
        return True
    return Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=clock.today()),
        user=user,
        body__in=committees(),
        valid_from__lte=clock.today(),
    ).exists()


def own_applications(user: User) -> QuerySet[RecognitionApplication]:
    return (
        RecognitionApplication.objects.filter(applicant=user)
        .select_related("case", "credential")
        .order_by("-opened_at", "-pk")
    )


def only_applies(user: User) -> bool:
    """Whether the person is of no unit and holds no office: applying is all they do."""
    return (
        user.unit_id is None
        and roles_of(user).keys() <= {Role.APPLICANT}
        and not works_in_office(user)
    )


def office_queue(user: User) -> QuerySet[RecognitionApplication]:
    """What the office works on, by deadline; two queries whatever the length.

    HANDLED is told by its dates, between filing and the end: in the order of days they
    are read from one index, where a choice of states would have to be sorted.
    """
    return (
        applications_visible_to(user)
        .filter(submitted_at__isnull=False, final_at=None, withdrawn_at=None)
        .exclude(applicant=user)
        .select_related("case", "applicant", "credential__issuer")
        .order_by(Coalesce("due_on", "limit_on"), "pk")
    )


def office_files(user: User) -> QuerySet[RecognitionApplication]:
    """All that was filed and the person may open, closed or not, the newest first.

    Before them what the person files from paper and has not filed yet.
    """
    filed = Q(submitted_at__isnull=False) | Q(is_paper_file=True, opened_by=user)
    return (
        applications_visible_to(user)
        .filter(filed)
        .exclude(applicant=user)
        .select_related("case", "applicant", "credential__issuer")
        .order_by(F("submitted_at").desc(nulls_first=True), "-pk")
    )


def holding(
    files: QuerySet[RecognitionApplication], words: Sequence[str]
) -> QuerySet[RecognitionApplication]:
    """Those that hold every word, which is folded: number, person, title or issuer."""
    for word in words:
        files = files.filter(
            Q(case__number__icontains=word)
            | Q(applicant__name_folded__contains=word)
            | Q(credential__words_folded__contains=word)
            | Q(credential__issuer__name_folded__contains=word)
        )
    return files


def past_limit(today: date) -> QuerySet[RecognitionApplication]:
    """Cases whose outer limit passed without a decision told; paused ones stand still."""
    return RecognitionApplication.objects.filter(
        status__in=HANDLED, delivered_on=None, paused_from=None, limit_on__lt=today
    )


def clock_rule(application: RecognitionApplication) -> ClockRule:
    """The clock's rule as pinned to the case, with the institution's own days off."""
    own = Institution.objects.filter(is_own=True).first()
    closures = Closure.objects.filter(institution=own).values_list("day", flat=True)
    return ClockRule.of(
        application.rule_set,
        country=own.country if own else "RO",
        closures=frozenset(closures),
    )


def suggested_status(institution: Institution | None, day: date | None) -> str:
    """What our own list knows of an institution on a day; empty where it knows nothing.

    That nothing could be established is for an officer to say.
    """
    if institution is None or day is None or not institution.is_accredited_on(day):
        return ""
    return (
        IssuerStatus.RECOGNISED_HEI
        if institution.is_higher_education
        else IssuerStatus.RECOGNISED_OTHER_PROVIDER
    )


def events_of(application: RecognitionApplication) -> QuerySet[Event]:
    """The story of the case, oldest first."""
    return (
        Event.objects.filter(case_id=application.pk)
        .select_related("by", "on_behalf_of")
        .order_by("sequence")
    )


def has_said_all_is_sent(application: RecognitionApplication) -> bool:
    """Whether the applicant said that all is sent, and has added nothing since."""
    acts = ("items_sent", "add_document", "save_background_paper")
    told = events_of(application).filter(by=application.applicant, act__in=acts)
    last = told.last()
    return last is not None and last.act == "items_sent"


def committees() -> QuerySet[Body]:
    """The recognition committees that may decide."""

    return Body.objects.filter(kind=BodyKind.RECOGNITION_COMMITTEE)


def assessors_for(application: RecognitionApplication) -> QuerySet[User]:
    """Who may be named: holds the role today, did not apply, was not named before."""
    today = clock.today()
    holders = Appointment.objects.current_on(today).filter(role=Role.ASSESSOR)
    return (
        User.objects.filter(pk__in=holders.values("user"), is_active=True)
        .exclude(pk=application.applicant_id)
        .exclude(pk__in=application.assessors.values("user"))
        .order_by("family_name", "given_name")
    )


def signatories_for(application: RecognitionApplication) -> QuerySet[User]:
    """Who votes in the committee on its day, and holders of the office of signatory.

    Neither the applicant, nor who assessed the case, nor who is recused. Whether a
    member was there is asked with the votes.
    """
    day = application.meeting_on
    voting = Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day),
        body=application.committee,
        valid_from__lte=day,
        votes=True,
    )
    appointed = Appointment.objects.current_on(clock.today()).filter(
        role=Role.SIGNATORY
    )
    return (
        User.objects.filter(
            Q(pk__in=voting.values("user")) | Q(pk__in=appointed.values("user")),
            is_active=True,
        )
        .exclude(pk__in=application.kept_from_signing())
        .order_by("family_name", "given_name")
    )
