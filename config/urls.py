"""Every address: signing in, the language, then the three apps."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from config.interface import help_interface
from config.passwords import ChoosePassword, forgotten
from config.sign_in import SignIn
from config.views import set_language, set_theme
from recognition.views.results import did_document

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("password/", forgotten, name="forgotten_password"),
    path(
        "password/<slug:uidb64>/<slug:token>/",
        ChoosePassword.as_view(),
        name="choose_password",
    ),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("theme/", set_theme, name="set_theme"),
    path("help/interface/", help_interface, name="help_interface"),
    path("language/", set_language, name="set_language"),
    # did:web looks here, or beside the rest where the address has a path.
    path(".well-known/did.json", did_document, name="did_document"),
    path("did.json", did_document, name="did_document_of_path"),
    path("", include("qa.urls")),
    path("recognition/", include("recognition.urls")),
    path("", include("reports.urls")),
]
