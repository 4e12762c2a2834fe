"""Acts of time: entry into force, re-evaluation, extension, end, and lapsed terms.

Each takes one thing whose day has come and is signed by the system; `tick` finds them.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, days, flows, offices
from qa.enums import AccreditationStatus, ProcedureKind, Role, VersionStatus
from qa.models import Accreditation, Case, Procedure, User
from qa.services import notices
from qa.services.intake import copy_version, current_rule_set, standard_set_after
from qa.services.messages import notify
from qa.services.people import system_actor
from qa.transitions import note, open_thing, perform


@transaction.atomic
def enter_into_force(*, period: Accreditation) -> Accreditation:
    """A18; where it renews a period in force, A27 closes that one in the same act."""
    Case.lock(period.case_id)
    by, earlier = system_actor(), period.predecessor
    if earlier is not None and earlier.status == AccreditationStatus.IN_FORCE:
        perform(earlier, "succeed", by=by)
    begun = perform(period, "enter_into_force", by=by, hand_on=flows.hand_on)
    _tell(
        begun,
        "A18",
        lambda: _("In force: %(title)s") % {"title": begun.version},
        lambda: (
            _("The accreditation is in force until %(day)s.")
            % {"day": _day(begun.valid_to)}
        ),
    )
    return begun


@transaction.atomic
def call_reevaluation(*, period: Accreditation) -> Procedure:
    """A24: give notice and open a draft re-evaluation with a copy of the version."""
    Case.lock(period.case_id)
    by = system_actor()
    called = perform(period, "call_reevaluation", by=by)
    procedure = open_reevaluation(called, by=by)
    _tell(
        called,
        "A24",
        lambda: _("Re-evaluation opened: %(title)s") % {"title": called.version},
        lambda: (
            _(
                "The accreditation ends on %(end)s. A draft re-evaluation with a copy of "
                "the accredited version is open; submitted by %(filing)s it keeps the "
                "accreditation in force until it is decided."
            )
            % {"end": _day(called.valid_to), "filing": _day(called.filing_by)}
        ),
        also=offices.holders(Role.DEANS_OFFICE, called.micro_credential.faculty.pk),
    )
    return procedure


def open_reevaluation(period: Accreditation, *, by: User) -> Procedure:
    """The periodic procedure of a period: its people and route, today's rules."""
    earlier = period.procedure
    procedure = Procedure.objects.create(
        micro_credential=period.micro_credential,
        kind=ProcedureKind.PERIODIC,
        route=earlier.route,
        part_of_programme=earlier.part_of_programme,
        part_of_accreditation=earlier.part_of_accreditation,
        standard_set=standard_set_after(earlier.standard_set),
        rule_set=current_rule_set(),
        coordinator=earlier.coordinator,
        renews=period,
        opened_at=clock.now(),
        opened_by=by,
        moved_at=clock.now(),
    )
    version = copy_version(period.version, procedure, by=by)
    procedure.version = version
    procedure.save(update_fields=["version"])
    open_thing(version, "V1", by=by)
    return open_thing(procedure, "A24", by=by, hand_on=flows.hand_on)


@transaction.atomic
def open_extension(*, period: Accreditation) -> Accreditation:
    """A26: validity goes on until the re-evaluation filed in time is decided."""
    extended = perform(period, "open_extension", by=system_actor())
    _tell(
        extended,
        "A26",
        lambda: _("Validity extended: %(title)s") % {"title": extended.version},
        lambda: _(
            "The re-evaluation was submitted in time and is not decided yet: "
            "the accreditation stays in force until it is."
        ),
    )
    return extended


@transaction.atomic
def carry_out_withdrawal(*, period: Accreditation) -> Accreditation:
    """A31 on the day the senate set."""
    withdrawn = perform(period, "withdraw", by=system_actor())
    _tell(
        withdrawn,
        "A31",
        lambda: _("Accreditation withdrawn: %(title)s") % {"title": withdrawn.version},
        lambda: (
            _(
                "The accreditation ended today by decision of the senate. Learners finish "
                "by the teach-out plan; the last assessment is on %(day)s."
            )
            % {"day": _day(withdrawn.last_assessment_on)}
        ),
        also=offices.holders(Role.DEANS_OFFICE, withdrawn.micro_credential.faculty.pk),
    )
    return withdrawn


@transaction.atomic
def expire(*, period: Accreditation) -> Accreditation:
    """A29: the period is over and nothing carries it on."""
    expired = perform(period, "expire", by=system_actor(), hand_on=flows.hand_on)
    _tell(
        expired,
        "A29",
        lambda: _("Accreditation expired: %(title)s") % {"title": expired.version},
        lambda: _("The validity period ended; no learner may be enrolled any more."),
        also=offices.holders(Role.DEANS_OFFICE, expired.micro_credential.faculty.pk),
    )
    return expired


@transaction.atomic
def lapse(*, procedure: Procedure) -> Procedure:
    """A06 and V5: nothing came back within the term and the days of grace."""
    by = system_actor()
    lapsed = perform(procedure, "lapse", by=by, hand_on=flows.hand_on)
    left = (VersionStatus.DRAFT, VersionStatus.FROZEN)
    for version in lapsed.versions.filter(status__in=left):
        perform(version, "abandon", by=by)
    notify(
        {lapsed.coordinator, *lapsed.micro_credential.authors.all()},
        case=lapsed.micro_credential.case,
        key=f"A06/{lapsed.pk}",
        subject=lambda: _("Proposal abandoned: %(title)s") % {"title": lapsed.version},
        body=lambda: _("It was returned for completion and did not come back in time."),
        path=lapsed.get_absolute_url(),
    )
    return lapsed


@transaction.atomic
def end_reply_term(*, procedure: Procedure) -> Procedure:
    """No reply to the draft report within the term: the panel goes on without."""
    case = Case.lock(procedure.case_id)
    fresh = Procedure.objects.get(pk=procedure.pk)
    note(case, fresh, "reply_term_over", by=system_actor())
    flows.reply_term_over(fresh)
    notices.tell("reply_term_over", fresh, by=system_actor())
    return fresh


def _tell(
    period: Accreditation,
    row: str,
    subject: Callable[[], str],
    body: Callable[[], str],
    *,
    also: Iterable[User] = (),
) -> None:
    """Tell the coordinator, the quality office and whoever else it touches."""
    notify(
        {period.procedure.coordinator, *offices.holders(Role.QA_OFFICER), *also},
        case=period.micro_credential.case,
        key=f"{row}/{period.pk}",
        subject=subject,
        body=body,
        path=period.micro_credential.get_absolute_url(),
    )


def _day(day: date) -> str:
    return days.in_full(day)
