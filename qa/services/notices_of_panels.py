"""What is told of a panel: its seats, declarations, challenges, readings."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa import days
from qa.enums import PanelMemberStatus
from qa.services import notice
from qa.services import recipients as to
from qa.services.notice import Notice

WHO_MAY_CHALLENGE = (to.proposers, to.deans_office)


def _composition(procedure: Any) -> dict[str, object]:
    seats = procedure.members.filter(status=PanelMemberStatus.ACCEPTED)
    return {
        "members": "\n".join(
            f"– {one}" for one in seats.select_related("user").order_by("pk")
        ),
        "day": days.in_full(procedure.challenge_until),
    }


def _joined(member: Any) -> dict[str, object]:
    return {"member": member.user, "day": days.in_full(member.challenge_until)}


PANELS: dict[str, Notice] = {
    "A09": Notice(
        (to.nominated,),
        _("Invite the panel"),
        _(
            "The commission nominated who sets up the panel. Invite its members "
            "so that the review can start by %(day)s."
        ),
        notice.next_act_due,
        notice.panel_page,
    ),
    "P1": Notice(
        (to.member,),
        _("Invitation to the panel"),
        _(
            "You are invited to sit on the panel that reviews this offer. Your "
            "seat: %(seat)s. Please accept it or decline it; the dossier opens "
            "to the members when the panel stands."
        ),
        notice.seat,
        notice.seat_page,
    ),
    "P3": Notice(
        (to.nominated,),
        _("A seat of the panel was declined"),
        _(
            "%(member)s does not take the seat (%(seat)s). Invite somebody else "
            "where the panel needs it."
        ),
        notice.seat,
        notice.panel_page,
    ),
    "composition": Notice(
        WHO_MAY_CHALLENGE,
        _("The panel is composed"),
        _(
            "Everybody who was invited has answered. On the panel sit:\n"
            "%(members)s\nThe institution may challenge a member, with reasons, "
            "until %(day)s."
        ),
        _composition,
        notice.panel_page,
    ),
    "P2": Notice(
        WHO_MAY_CHALLENGE,
        _("A member joined the panel"),
        _(
            "%(member)s took a seat. The institution may challenge this member "
            "until %(day)s, with reasons, or waive the term; until then the "
            "member hands in no reading and, as chair, sends no report."
        ),
        _joined,
        notice.panel_page,
    ),
    "P4": Notice(
        (to.nominated,),
        _("A member left the panel"),
        _(
            "%(member)s no longer sits on the panel (%(seat)s). Name a successor "
            "where the panel needs one."
        ),
        notice.seat,
        notice.panel_page,
    ),
    "seat_ended": Notice(
        (to.member,),
        _("Your seat on the panel has ended"),
        _("The seat is no longer yours, and the dossier is closed to you."),
        page=notice.seat_page,
    ),
    "P5": Notice(
        (to.member_who_had_not_left,),
        _("Your seat on the panel was given to somebody else"),
        _("A successor was named for your seat; nothing more is asked of you."),
        page=notice.seat_page,
    ),
    "D2": Notice(
        (to.commission,),
        _("A conflict of interest was declared"),
        _(
            "%(member)s declared what may be a conflict of interest (%(seat)s). "
            "Decide on it before the review goes on."
        ),
        notice.seat,
        notice.panel_page,
    ),
    "D3": Notice(
        (to.member,),
        _("Your declaration is decided"),
        _("What you declared does not stand in the way of your seat."),
        page=notice.seat_page,
    ),
    "challenge": Notice(
        (to.commission,),
        _("A member of the panel is challenged"),
        _("The institution objects to %(member)s. Decide on the challenge."),
        notice.seat,
        notice.panel_page,
    ),
    "decide_challenge": Notice(
        (to.challenger,),
        _("The challenge is decided"),
        _(
            "The commission's chair decided on the challenge of %(member)s; "
            "the page of the panel shows how."
        ),
        notice.seat,
        notice.panel_page,
    ),
    "A10": Notice(
        (to.readers, to.coordinator),
        _("The review has started"),
        _(
            "The dossier is open to the panel. Its members hand in their "
            "readings by %(day)s."
        ),
        notice.next_act_due,
    ),
    "A11": Notice(
        (to.nominated, to.readers, to.coordinator),
        _("The review stopped"),
        _(
            "The panel lost a member whom it needs and is completed anew by "
            "%(day)s; what the others wrote stays."
        ),
        notice.next_act_due,
    ),
    "S2": Notice(
        (to.panel_chair_when_all_is_read,),
        _("All readings are in"),
        _("Every voting member has handed in a reading. Begin the report."),
    ),
}
