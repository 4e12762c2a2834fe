"""The addresses of everything that leaves."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from reports import codes
from reports.views import exports, letters, register, verify


class Code(StringConverter):
    """The code of a letter as it is printed."""

    regex = codes.PRINTED


register_converter(Code, "code")

app_name = "reports"
urlpatterns = [
    path("register/", register.register, name="register"),
    path("register/<slug:number>/", register.register_entry, name="register_entry"),
    path(
        "register/<slug:number>/report/",
        register.register_report,
        name="register_report",
    ),
    path(
        "register.<str:kind>",
        register.register_download,
        name="register_download",
    ),
    path("verify/", verify.verify, name="verify"),
    path("verify/<code:code>/", verify.verify_code, name="verify_code"),
    path("procedures/<whole:pk>/dossier.pdf", exports.dossier, name="dossier"),
    path("decisions/<whole:pk>/letter/", letters.letter, name="letter"),
    path("decisions/<whole:pk>/letter.pdf", letters.letter_file, name="letter_file"),
    path(
        "recognition/applications/<whole:pk>/letter/issue/",
        letters.recognition_letter,
        name="recognition_letter",
    ),
    path("exports/", exports.exports, name="exports"),
    path("exports/<slug:name>.bpmn", exports.flow_bpmn, name="flow_bpmn"),
]
