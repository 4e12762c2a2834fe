"""Signatures: drafts whose head of department was asked to read and sign them."""

from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from qa import offices
from qa.enums import Role, VersionStatus
from qa.models import Event, SignOff, User, Version
from qa.offices import Offices
from qa.tasks.columns import PROCEDURE_PAGE, about, own_procedures, size
from qa.tasks.lists import FOLLOWED, Part, Parts, Reading, Row, Source, constant, shape

ASK = "ask_sign_off"
OFFICE = offices.key(Role.HEAD_OF_DEPARTMENT)


def asked(version: Version) -> bool:
    """Whether the head was asked to sign exactly this revision."""
    return _asked(Version.objects.filter(pk=version.pk)).exists()


def _asked(versions: QuerySet[Version]) -> QuerySet[Version]:
    """Drafts asked about and not signed, as they stand: a change asks for a new word."""
    return (
        versions.filter(status=VersionStatus.DRAFT)
        .annotate(asked_at=Subquery(_last_asking().values("at")))
        .filter(asked_at__isnull=False)
        .exclude(
            Exists(
                SignOff.objects.filter(
                    version=OuterRef("pk"), revision=OuterRef("revision")
                )
            )
        )
    )


def _last_asking() -> QuerySet[Event]:
    revision = Cast(KeyTextTransform("revision", "facts"), IntegerField())
    return (
        Event.objects.filter(
            thing=Version._meta.label_lower, thing_id=OuterRef("pk"), act=ASK
        )
        .annotate(revision=revision)
        .filter(revision=OuterRef("revision"))
        .order_by("-sequence")[:1]
    )


def _shaped(versions: QuerySet[Version], **more: Any) -> Part:
    return shape(
        versions.annotate(head=_head()),
        "signature",
        step=constant(ASK),
        row_id="pk",
        since="asked_at",
        office="head",
        **about("procedure"),
        **more,
    )


def _head() -> Concat:
    """The office of the department's head, as offices are named."""
    unit = Cast("micro_credential__unit_id", CharField())
    return Concat(Value(f"{OFFICE}:unit:"), unit, output_field=CharField())


def of_person(_user: User) -> Parts:
    return ()


def of_offices(held: Offices) -> Parts:
    if Role.HEAD_OF_DEPARTMENT not in held.roles:
        return ()
    theirs = Version.objects.annotate(office=_head()).filter(held.matching("office"))
    return (_shaped(_asked(theirs)),)


def of_own_procedures(user: User) -> Parts:
    own = Version.objects.filter(procedure__in=own_procedures(user))
    return (_shaped(_asked(own), followed=FOLLOWED),)


def due_until(_day: date) -> Parts:
    return ()


def read(row: Row) -> Reading:
    return Reading(
        what_to_do=_("Read and sign the proposal"),
        url_name=PROCEDURE_PAGE if row.followed else "qa:proposal_sign_off",
        url_args=(row.thing_id,),
        facts=size(row),
    )


SOURCE = Source("signature", of_person, of_offices, of_own_procedures, due_until, read)
