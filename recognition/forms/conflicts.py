"""Forms of the assessor's conflict of interest: the declaration, and the ruling on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.enums import ConflictGround
from recognition.forms.fields import one_of, several_of, text

TICK_OR_NONE = _("Tick the grounds that apply and describe them, or declare none.")


class ConflictForm(forms.Form):
    """There is no conflict, or there may be one: neither is said by silence."""

    declared = one_of(
        _("Conflict of interest"),
        (("none", _("There is none")), ("may_be", _("There may be a conflict"))),
        radio=True,
    )
    conflicts = several_of(_("Grounds that apply"), ConflictGround.choices)
    text = text(_("What it is about"), rows=3)

    def clean(self) -> dict[str, Any]:
        """The grounds and what they are come with a conflict, and only with one."""
        cleaned = super().clean() or {}
        parts = {name: bool(cleaned.get(name)) for name in ("conflicts", "text")}
        wrong = []
        if cleaned.get("declared") == "may_be":
            wrong = [name for name, given in parts.items() if not given]
        elif cleaned.get("declared") == "none" and any(parts.values()):
            wrong = ["declared"]
        for name in wrong:
            if name not in self.errors:
                self.add_error(name, TICK_OR_NONE)
        return cleaned


class RulingForm(forms.Form):
    cleared = forms.TypedChoiceField(
        label=_("Decision"),
        choices=(
            ("yes", _("It does not stand in the way")),
            ("no", _("Upheld: another assessor is named")),
        ),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reasons = text(_("Reasons"), required=True)
