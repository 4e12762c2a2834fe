"""Reads used twice: who sees what, the story of a case, standing of an offer."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from qa import clock
from qa.enums import (
    AssessmentStatus,
    ConditionStatus,
    DeclarationStatus,
    PanelMemberStatus,
    ProcedureStatus,
    Role,
)
from qa.models import (
    Accreditation,
    Appointment,
    Assessment,
    Condition,
    Event,
    Membership,
    MicroCredential,
    PanelMember,
    Procedure,
    Unit,
    User,
)

SEES_ALL = frozenset(
    {Role.QA_OFFICER, Role.CEAC_CHAIR, Role.AUDITOR, Role.ADMINISTRATOR, Role.RECTOR}
)
BEFORE_PANEL = (
    ProcedureStatus.DRAFT,
    ProcedureStatus.SUBMITTED,
    ProcedureStatus.RETURNED,
    ProcedureStatus.ELIGIBLE,
)
SHARED_REPORT = (
    ProcedureStatus.FACTUAL_CHECK,
    ProcedureStatus.REPORT_FINAL,
    ProcedureStatus.AWAITING_DECISION,
    ProcedureStatus.DECIDED,
)
SEES_FROM_FINAL_REPORT = frozenset({Role.SENATE_SECRETARY, Role.BOARD_SECRETARY})
FINAL_REPORT_ON = (
    ProcedureStatus.REPORT_FINAL,
    ProcedureStatus.AWAITING_DECISION,
    ProcedureStatus.DECIDED,
)


def roles_of(user: User) -> dict[str, set[int | None]]:
    """The roles held today, each with the units it is held for (None: everywhere)."""
    held: dict[str, set[int | None]] = {}
    for role, unit in user.appointments.current_on(clock.today()).values_list(
        "role", "unit_id"
    ):
        held.setdefault(role, set()).add(unit)
    return held


def procedures_visible_to(user: User) -> QuerySet[Procedure]:
    """The procedures whose dossier the person may open.

    Authors and their chain see their own; the quality office and the commission all
    that left the drafting table; secretaries from the final report on; panel members
    only once the review runs and their declaration is decided; while the panel is set
    up anew only those who were reading. Who is recused from the panel sees nothing,
    whatever else the person holds.
    """
    roles = roles_of(user)
    seen = Q(coordinator=user) | Q(
        Exists(
            MicroCredential.authors.through.objects.filter(
                microcredential_id=OuterRef("micro_credential_id"), user=user
            )
        )
    )
    seen |= Q(Exists(_open_seats(user)))
    seen |= _seen_by_office(user, roles)
    return Procedure.objects.filter(seen).exclude(Exists(_recused(user)))


def _recused(user: User) -> QuerySet[PanelMember]:
    """Who stepped back stays out, also once a successor has taken the seat."""
    stepped_back = Event.objects.filter(
        thing=PanelMember._meta.label_lower, thing_id=OuterRef("pk"), row="P4"
    )
    seats = PanelMember.objects.filter(procedure=OuterRef("pk"), user=user)
    return seats.filter(Q(status=PanelMemberStatus.RECUSED) | Q(Exists(stepped_back)))


def _open_seats(user: User) -> QuerySet[PanelMember]:
    return PanelMember.objects.filter(
        procedure=OuterRef("pk"),
        user=user,
        status=PanelMemberStatus.ACCEPTED,
        declaration__status__in=[DeclarationStatus.NONE, DeclarationStatus.CLEARED],
        procedure__review_started_at__isnull=False,
    ).filter(~Q(procedure__status=ProcedureStatus.PANEL_SETUP) | _was_reading())


def _was_reading() -> Q:
    """Whose seat the dossier was open to on the day the panel was reopened (A11).

    A panel that is set up moved last by its reopening. Who came later waits for the
    next A10, as does who can still be challenged for having joined during the review.
    """
    reopened_at = F("procedure__moved_at")
    declared = Q(
        declaration__status=DeclarationStatus.NONE,
        declaration__declared_at__lte=reopened_at,
    )
    can_be_challenged = Q(
        challenge_until__gte=clock.today(), challenge_waived_at__isnull=True
    )
    return (
        Q(undertaking_at__lte=reopened_at)
        & (declared | Q(declaration__decided_at__lte=reopened_at))
        & ~can_be_challenged
    )


def _seen_by_office(user: User, roles: dict[str, set[int | None]]) -> Q:
    submitted = ~Q(status=ProcedureStatus.DRAFT)
    seen = Q(pk=None)
    if SEES_ALL & roles.keys():
        seen |= submitted
    if SEES_FROM_FINAL_REPORT & roles.keys():
        seen |= Q(status__in=FINAL_REPORT_ON)
    if units := roles.get(Role.HEAD_OF_DEPARTMENT):
        seen |= Q(micro_credential__unit__in=_among(units))
    if units := roles.get(Role.DEANS_OFFICE):
        faculties = _among(units)
        inside = Unit.objects.filter(Q(pk__in=faculties) | Q(parent__in=faculties))
        seen |= submitted & Q(micro_credential__unit__in=inside)
    if sits_in_deciding_body(user):
        seen |= Q(status__in=FINAL_REPORT_ON)
    return seen


def _among(units: set[int | None]) -> QuerySet[Unit]:
    """The units an office is held for; held for none in particular, it is for all."""
    return Unit.objects.all() if None in units else Unit.objects.filter(pk__in=units)


def sits_in_deciding_body(user: User) -> bool:
    today = clock.today()
    return Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        user=user,
        body__kind__in=("senate", "ceac", "board"),
        valid_from__lte=today,
    ).exists()


def micro_credentials_visible_to(
    user: User, procedures: QuerySet[Procedure] | None = None
) -> QuerySet[MicroCredential]:
    """Offers with a dossier the person may open, or with a public standing."""
    seen = procedures_visible_to(user) if procedures is None else procedures
    visible = seen.filter(micro_credential=OuterRef("pk"))
    public = Accreditation.objects.filter(micro_credential=OuterRef("pk"))
    # The public standing first: it is one look-up, and most offers have one.
    return MicroCredential.objects.filter(Exists(public) | Exists(visible))


def invitations_of(user: User) -> QuerySet[PanelMember]:
    """Seats the person was invited to; shows the title only, never the dossier."""
    return PanelMember.objects.filter(user=user).select_related(
        "procedure__version", "procedure__micro_credential__unit__parent"
    )


def assessments_visible_to(user: User, procedure: Procedure) -> QuerySet[Assessment]:
    """One's own; others' only after one's own is in, or when one has no seat."""
    every = procedure.assessments.select_related("member__user")
    own = every.filter(member__user=user)
    mine = own.first()
    if mine is not None:
        if mine.status == AssessmentStatus.SUBMITTED:
            return every.filter(
                Q(member__user=user) | Q(status=AssessmentStatus.SUBMITTED)
            )
        return own
    if SEES_ALL & roles_of(user).keys() and procedure.status in FINAL_REPORT_ON:
        return every.filter(status=AssessmentStatus.SUBMITTED)
    return every.none()


def panel_is_known(procedure: Procedure) -> bool:
    """The panel is named once the faculty has endorsed the proposal."""
    return procedure.status not in BEFORE_PANEL


def opens_report(procedure: Procedure, user: User) -> bool:
    """The report: the panel's alone while it is drafted, the institution's after."""
    if procedure.status in SHARED_REPORT:
        return True
    members = procedure.members.filter(status=PanelMemberStatus.ACCEPTED)
    return members.filter(user=user).exists()


def conditions_visible_to(user: User) -> QuerySet[Condition]:
    """Conditions of accreditation that one owns, and those of dossiers one may open.

    What a recognition decision asks is told on the application's own page.
    """
    procedures = procedures_visible_to(user)
    return Condition.objects.filter(
        Q(owner=user, decision__procedure__isnull=False)
        | Q(decision__procedure__in=procedures)
    )


def open_conditions(procedure: Procedure, user: User) -> QuerySet[Condition]:
    """What the procedure's decisions ask and is not fulfilled yet."""
    asked = conditions_visible_to(user).filter(decision__procedure=procedure)
    unmet = asked.exclude(status=ConditionStatus.FULFILLED)
    return unmet.select_related("owner", "extension")


def condition_owners(procedure: Procedure) -> QuerySet[User]:
    """Who can answer for a condition: coordinator, authors, and two offices of the unit."""
    offer = procedure.micro_credential
    appointed = Appointment.objects.current_on(clock.today()).filter(
        Q(unit=None) | Q(unit=offer.unit_id),
        role__in=(Role.HEAD_OF_DEPARTMENT, Role.CONDITION_OWNER),
    )
    return User.objects.filter(
        Q(pk=procedure.coordinator_id)
        | Q(pk__in=offer.authors.values("pk"))
        | Q(pk__in=appointed.values("user")),
        is_active=True,
    ).order_by("family_name", "given_name")
