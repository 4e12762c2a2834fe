"""Forms of credential files and of the register of trust."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.files import LARGEST
from qa.models import Institution
from recognition import identifiers
from recognition.enums import TrustAct, TrustKind
from recognition.forms.fields import day, line, one_of, text
from recognition.forms.filing import countries
from recognition.origins import said_of


class FileForm(forms.Form):
    """One file; what it is, its content tells."""

    file = forms.FileField(
        label=_("Credential file"),
        error_messages={"required": _("Choose a file, or drop it on the field.")},
        help_text=_(
            "Choose it or drop it on the field: JSON, JWT, XML, PDF, or a picture with "
            "a badge in it (PNG, SVG); 10 MB."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("A file may have 10 MB at most."))
        return file


class TrustForm(forms.Form):
    """One entry of the register of trust, proposed with its reason."""

    kind = one_of(_("What it is"), TrustKind.choices)
    value = text(
        _("Value"),
        required=True,
        rows=3,
        why=_(
            "The identifier as credentials write it; for a key its SHA-256 thumbprint "
            "or the public key; for an anchor its certificate (PEM)."
        ),
    )
    institution = forms.ModelChoiceField(
        label=_("Whose it is"),
        queryset=Institution.objects.order_by("name_en"),
        required=False,
        empty_label=_("Not in the list, or an anchor of nobody"),
    )
    new_name = line(
        _("Name of an institution that is not in the list"),
        longest=200,
        why=_("It is added to the list with this entry."),
    )
    new_country = one_of(_("Its country"), (), required=False)
    valid_from = day(_("Holds from"), why=_("An anchor brings its own days."))
    valid_to = day(_("Holds until"))
    reason = text(
        _("Why, and how you know"),
        required=True,
        why=_("Whom you asked, where the address was found, what was seen."),
    )
    # Anchors need no owner; others name one of the list or a new one.
    may_be_needed = ("institution", "new_name", "new_country")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_country"].choices = [("", "–"), *countries()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_value(cleaned)
        if cleaned.get("new_name") and not cleaned.get("new_country"):
            self.add_error("new_country", _("Say in which country it is."))
        named = cleaned.get("institution") or cleaned.get("new_name")
        if cleaned.get("kind") not in ("", None, TrustKind.ANCHOR) and not named:
            self.add_error(
                "institution", _("Say whose it is; only an anchor may be nobody’s.")
            )
        return cleaned

    def _check_value(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("kind") and cleaned.get("value"):
            try:
                identifiers.written(cleaned["kind"], cleaned["value"])
            except identifiers.NotWritten as wrong:
                self.add_error("value", str(wrong.sentence))


class TrustDecisionForm(forms.Form):
    """The reason of a decision; of an end, its day."""

    last_day = day(
        _("Last day"),
        required=True,
        why=_("What was signed until this day stays as it is; nothing later counts."),
    )
    reason = text(
        _("Why, and how you know"),
        required=True,
        why=_("Whom you asked, where the address was found, what was seen."),
    )

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act != TrustAct.END:
            del self.fields["last_day"]


OF_CRITERIA = _(
    "It calls them criteria: check whether these are the learning outcomes."
)


# Of what stands as the file has it, and of what does not.
_TOLD = {
    True: _("Taken from your credential file."),
    False: _("Your credential file says “%(value)s”."),
}
_TOLD_WITH_PLACE = {
    True: _("Taken from your credential file (%(place)s)."),
    False: _("Your credential file says “%(value)s” (%(place)s)."),
}


def tell_origins(form: forms.Form, credential: Any, *, with_place: bool) -> None:
    """Under each field that a file speaks of: taken from it, or what it says instead.

    Where in the file it stands is for the office, who fills in a paper file.
    """
    sentences = _TOLD_WITH_PLACE if with_place else _TOLD
    for name, field in form.fields.items():
        said = said_of(credential, name)
        if said is None:
            continue
        told = sentences[said.stands] % {"value": said.value, "place": said.place}
        if said.stands and said.is_of_criteria:
            told = f"{told} {OF_CRITERIA}"
        field.help_text = f"{field.help_text} {told}".strip()
