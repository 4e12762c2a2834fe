"""Opening a case and its procedures: A01, A02, A17."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, content, content_values, flows, record
from qa.enums import CaseKind, ProcedureKind, ProcedureStatus, Route, VersionStatus
from qa.models import (
    Case,
    MicroCredential,
    OverlapAnswer,
    Procedure,
    RuleSet,
    StandardSet,
    Unit,
    User,
    Version,
)
from qa.services import notices
from qa.services.registers import next_case_number
from qa.transitions import TransitionRefused, open_thing, perform, refuse_opening

DEFAULT_STANDARD_SET = "ESG-2015-1"


@dataclass(frozen=True)
class Intake:
    """What the author chooses when a proposal is opened."""

    unit: Unit
    coordinator: User
    route: str = Route.R1
    kind: str = ProcedureKind.INITIAL
    part_of_programme: str = ""
    part_of_accreditation: str = ""
    standard_set: StandardSet | None = None


def current_rule_set() -> RuleSet:
    """The rule set in force today; a case keeps the one it was opened under."""
    rules = RuleSet.objects.in_force_on(clock.today()).first()
    if rules is None:
        raise TransitionRefused(
            _("No rule set is in force today; ask the quality office to load one.")
        )
    return rules


def standard_set_after(earlier: StandardSet) -> StandardSet:
    """For what goes on from an earlier procedure: the same set while it is in force.

    After that the newest of its family; standards of another kind never take its place.
    """
    in_force = list(StandardSet.objects.in_force_on(clock.today()))
    if earlier in in_force:
        return earlier
    found = next((one for one in in_force if one.family == earlier.family), None)
    if found is None:
        raise TransitionRefused(
            _(
                "No standard set that follows “%(set)s” is in force today; "
                "ask the quality office to load one."
            )
            % {"set": earlier}
        )
    return found


@transaction.atomic
def propose_micro_credential(*, intake: Intake, title_ro: str, by: User) -> Procedure:
    """A01: open a case with a draft procedure and the first draft version."""
    title = content_values.read(
        Version._meta.get_field("title_ro"), title_ro, "title_ro"
    )
    today = clock.today()
    case = Case.objects.create(
        kind=CaseKind.MICRO_CREDENTIAL,
        number=next_case_number("MC", today),
        opened_at=clock.now(),
    )
    offer = MicroCredential.objects.create(
        case=case, unit=intake.unit, created_by=by, created_at=clock.now()
    )
    offer.authors.add(by)
    procedure = Procedure(
        micro_credential=offer,
        kind=intake.kind,
        route=intake.route,
        part_of_programme=intake.part_of_programme.strip(),
        part_of_accreditation=intake.part_of_accreditation.strip(),
        standard_set=intake.standard_set or _default_standard_set(),
        rule_set=current_rule_set(),
        coordinator=intake.coordinator,
        opened_at=clock.now(),
        opened_by=by,
        moved_at=clock.now(),
    )
    refuse_opening(procedure, "A01")
    procedure.save()
    version = new_version(procedure, by=by)
    version.title_ro = title
    version.save(update_fields=["title_ro"])
    procedure.version = version
    procedure.save(update_fields=["version"])
    open_thing(version, "V1", by=by)
    facts = {"offer": record.wrote_on(offer)}
    opened = open_thing(procedure, "A01", by=by, facts=facts, hand_on=flows.hand_on)
    notices.tell("A01", opened, by=by)
    return opened


@transaction.atomic
def abandon_proposal(*, procedure: Procedure, reason: str, by: User) -> Procedure:
    """A02: give a draft up before it was ever submitted."""
    abandoned = perform(
        procedure, "abandon", by=by, reason=reason, hand_on=flows.hand_on
    )
    for version in abandoned.versions.filter(status=VersionStatus.DRAFT):
        perform(version, "abandon", by=by)
    notices.tell("A02", abandoned, by=by)
    return abandoned


@transaction.atomic
def answer_resubmission(*, earlier: Procedure, by: User) -> Procedure:
    """A17: open a new procedure that follows a decision to resubmit."""
    Case.lock(earlier.case_id)
    _refuse_second_open(earlier)
    procedure = Procedure.objects.create(
        micro_credential=earlier.micro_credential,
        kind=earlier.kind,
        route=earlier.route,
        part_of_programme=earlier.part_of_programme,
        part_of_accreditation=earlier.part_of_accreditation,
        standard_set=standard_set_after(earlier.standard_set),
        rule_set=current_rule_set(),
        coordinator=earlier.coordinator,
        follows=earlier,
        renews=earlier.renews,
        self_evaluation=earlier.self_evaluation,
        opened_at=clock.now(),
        opened_by=by,
        moved_at=clock.now(),
    )
    version = copy_version(earlier.version, procedure, by=by)
    procedure.version = version
    procedure.save(update_fields=["version"])
    open_thing(version, "V1", by=by)
    return open_thing(procedure, "A17", by=by, hand_on=flows.hand_on)


def new_version(procedure: Procedure, *, by: User) -> Version:
    """The next version number of the offer, empty."""
    offer = procedure.micro_credential
    last = offer.versions.order_by("-number").first()
    return Version.objects.create(
        micro_credential=offer,
        procedure=procedure,
        number=(last.number if last else 0) + 1,
        saved_at=clock.now(),
        saved_by=by,
    )


def copy_version(source: Version, procedure: Procedure, *, by: User) -> Version:
    """An editable copy of a version for a procedure, its first revision."""
    version = new_version(procedure, by=by)
    content.copy_content(source, version, by=by)
    OverlapAnswer.objects.bulk_create(
        OverlapAnswer(version=version, other_id=given.other_id, answer=given.answer)
        for given in source.overlap_answers.all()
    )
    Version.objects.filter(pk=version.pk).update(revision=1)
    return Version.objects.get(pk=version.pk)


def _default_standard_set() -> StandardSet:
    found = StandardSet.objects.filter(code=DEFAULT_STANDARD_SET).first()
    if found is None:
        raise TransitionRefused(
            _("No standard set is loaded; ask the quality office to load one.")
        )
    return found


def _refuse_second_open(earlier: Procedure) -> None:
    ended = (ProcedureStatus.DECIDED, ProcedureStatus.ABANDONED)
    open_ones = earlier.micro_credential.procedures.exclude(status__in=ended)
    if open_ones.filter(kind=earlier.kind).exists():
        raise TransitionRefused(_("A procedure of this kind is open already."))
