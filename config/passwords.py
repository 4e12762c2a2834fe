"""Choosing a password: by a link that is good once, mailed or handed out."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_q.tasks import async_task

from config import throttle
from config.auth import PeopleBackend
from qa.models import User

DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def link_for(person: User) -> str:
    """The whole address under which the person chooses a password, once."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return f"{settings.ATESTA_URL}{reverse('choose_password', args=[key, token])}"


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same whether or not the address is known."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        _ask_for_link(request, form.cleaned_data["email"])
        messages.success(
            request,
            _(
                "If a person here has this address, a message with a link is on its "
                "way. The link is good once, for %(days)s days."
            )
            % {"days": DAYS},
        )
        return redirect("sign_in")
    context = {"form": form, "demo": settings.ATESTA_DEMO}
    status = 422 if form.errors else 200
    return render(request, "registration/forgotten.html", context, status=status)


def _ask_for_link(request: HttpRequest, email: str) -> None:
    """Leave the mail to a worker, also where there is none: it takes as long."""
    key = throttle.key_of(request, f"link for {email}")
    if throttle.blocked_until(key):
        return  # whoever asked so often has their mail, or is not the person
    throttle.count(key)
    person = User.objects.filter(
        email__iexact=email, is_active=True, is_service=False, is_demo=False
    ).first()
    async_task("config.passwords.mail_link", person.pk if person else None)


def mail_link(pk: int | None) -> bool:
    """A worker's job: mail the link to the person; whether somebody was there."""
    person = User.objects.filter(pk=pk, is_active=True).first() if pk else None
    if person is None:
        return False
    with translation.override(person.language):
        EmailMessage(
            subject=_("Choose a new password"),
            body=_(
                "Somebody asked for a new password for this address. If it was you, "
                "choose it here; the link is good once, for %(days)s days:\n\n"
                "%(link)s\n\n"
                "If it was not you, there is nothing to do: your password stays."
            )
            % {"days": DAYS, "link": link_for(person)}
            + "\n",
            to=[person.email],
        ).send()
    return True


class PasswordForm(SetPasswordForm):
    """The new password twice, with what makes a good one in one sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _(
            "At least 12 characters; no common password, nothing of your name or address."
        )
        self.fields["new_password2"].label = _("The same password again")
        self.fields["new_password2"].help_text = ""


class ChoosePassword(PasswordResetConfirmView):
    """The page behind the link."""

    form_class = PasswordForm
    template_name = "registration/choose_password.html"
    success_url = reverse_lazy("sign_in")

    def get_user(self, uidb64: str) -> User | None:
        """Whose link it is; nobody who may no longer sign in."""
        person: Any = super().get_user(uidb64)
        if person and PeopleBackend().user_can_authenticate(person):
            return person
        return None

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("Your password is stored; sign in with it."))
        return super().form_valid(form)
