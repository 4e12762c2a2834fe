"""What Open Badges 2.0 asks of an assertion, each rule under its own name."""

from typing import TYPE_CHECKING

from recognition.credentials import dates, structure
from recognition.credentials.findings import Finding
from recognition.credentials.refusals import Malformed
from recognition.credentials.structure import Rule, identifier, is_of
from recognition.credentials.words import gettext_noop as _

if TYPE_CHECKING:
    from recognition.credentials.readers.open_badges_2 import Badge


class IsAnAssertionWithAnAddress:
    """Assertion: id, an address or a urn, and type."""

    sentence = _("It is not an assertion with an address of its own.")

    def holds(self, badge: "Badge") -> bool:
        return is_of(badge.assertion, "Assertion") and ":" in badge.address


class NamesItsRecipient:
    """Assertion: recipient, an IdentityObject with its identity."""

    sentence = _("It does not say to whom it was awarded.")

    def holds(self, badge: "Badge") -> bool:
        recipient = badge.assertion.get("recipient")
        return isinstance(recipient, dict) and isinstance(
            recipient.get("identity"), str
        )


class NamesItsBadge:
    """Assertion: badge, a BadgeClass or its address."""

    sentence = _("It does not say which badge was awarded.")

    def holds(self, badge: "Badge") -> bool:
        return bool(identifier(badge.assertion.get("badge")) or badge.badge)


class SaysWhenItWasAwarded:
    """Assertion: issuedOn, a date."""

    sentence = _("It does not say when it was awarded.")

    def holds(self, badge: "Badge") -> bool:
        try:
            dates.instant(badge.assertion.get("issuedOn"))
        except Malformed:
            return False
        return True


NOT_AS_IT_SAYS = _("It is not proven in the way that it says.")


class SaysThatItIsSigned:
    """Assertion: verification.type of what came as a token."""

    sentence = NOT_AS_IT_SAYS

    def holds(self, badge: "Badge") -> bool:
        return badge.verification.get("type") in ("signed", "SignedBadge")


class SaysThatItIsHosted:
    """Assertion: verification.type of what came without a signature."""

    sentence = NOT_AS_IT_SAYS

    def holds(self, badge: "Badge") -> bool:
        return badge.verification.get("type") in ("hosted", "HostedBadge")


OF_ALL: tuple[Rule, ...] = (
    IsAnAssertionWithAnAddress(),
    NamesItsRecipient(),
    NamesItsBadge(),
    SaysWhenItWasAwarded(),
)
OF_SIGNED: tuple[Rule, ...] = (*OF_ALL, SaysThatItIsSigned())
OF_HOSTED: tuple[Rule, ...] = (*OF_ALL, SaysThatItIsHosted())


def checked(badge: "Badge", *, signed: bool) -> Finding:
    return structure.checked(badge, OF_SIGNED if signed else OF_HOSTED)
