"""Files that go with a proposal: attached, signed, frozen, carried on, opened."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from lxml import html

from fixtures.demo import texts
from fixtures.demo.accreditation import OfferStory
from qa import verification
from qa.attached import carry_on
from qa.enums import AttachmentKind, Role
from qa.files import CHANGED, LARGEST, UNREADABLE
from qa.models import Attachment, Document
from qa.services import attachments, panel
from qa.transitions import TransitionRefused
from qa.views.workspace import signature_on
from reports.queries.dossier import dossier_data
from tests.stages import story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
PDF = b"%PDF-1.7 a cooperation agreement"
PNG = b"\x89PNG\r\n\x1a\n a picture"
JPEG = b"\xff\xd8\xff a photo"
TITLE = "Acord de cooperare cu orașul Tulcea"


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path: Any) -> None:
    settings.ATESTA_DEMO = True
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft() -> OfferStory:
    return story("LIT-JUR", "Cu anexe").propose().write()


def attached(told: OfferStory, content: bytes = PDF, **said: Any) -> Attachment:
    how = {"kind": AttachmentKind.AGREEMENT, "title": TITLE, "by": told.coordinator}
    with told.now(11):
        return attachments.attach(version=told.version, content=content, **(how | said))


def submitted(told: OfferStory) -> OfferStory:
    return told.wait(3).sign().submit()


def address(told: OfferStory, *more: Any) -> str:
    return "/".join(["/procedures", str(told.procedure.pk), "attachments", *more, ""])


def sent(
    client: Any, told: OfferStory, content: bytes | None = PDF, **said: str
) -> Any:
    client.force_login(told.coordinator)
    posted: dict[str, Any] = {"kind": "agreement", "title": TITLE} | said
    if content is not None:
        posted["file"] = SimpleUploadedFile("C:\\fakepath\\acord.exe", content)
    with told.now(11):
        return client.post(address(told), posted)


def text_of(page: Any) -> str:
    return " ".join(html.fromstring(page.content).text_content().split())


# Attaching


@pytest.mark.parametrize(
    ("content", "media_type", "suffix"),
    [
        (PDF, "application/pdf", ".pdf"),
        (PNG, "image/png", ".png"),
        (JPEG, "image/jpeg", ".jpg"),
    ],
)
def test_a_file_is_attached_and_opened_again(
    client: Any, draft: OfferStory, content: bytes, media_type: str, suffix: str
) -> None:
    answer = sent(client, draft, content)

    assert answer.status_code == 302
    one = draft.version.attachments.get()
    assert (one.kind, str(one)) == ("Cooperation agreement", TITLE)
    assert one.document.sha256 == hashlib.sha256(content).hexdigest()
    assert one.document.size == len(content)
    assert one.form == f"{media_type.rpartition('/')[2].upper()}, 1\u00a0KB"
    page = client.get(address(draft))
    assert TITLE in text_of(page)
    file = client.get(address(draft, str(one.pk)))
    assert b"".join(file.streaming_content) == content
    assert file["Content-Type"] == media_type
    assert file["X-Content-Type-Options"] == "nosniff"
    assert f"acord-de-cooperare-cu-orasul-tulcea{suffix}" in file["Content-Disposition"]
    assert file["Content-Disposition"].startswith("attachment")


WRONG: dict[str, tuple[bytes | None, dict[str, str], str]] = {
    "no file": (None, {}, "Choose the file."),
    "an empty one": (b"", {}, "The file is empty; choose another."),
    "a program": (b"MZ\x90", {}, "Send a PDF or a picture (PNG, JPEG)."),
    "a PDF further in": (b"\n" * 9 + PDF, {}, "Send a PDF or a picture (PNG, JPEG)."),
    "no kind": (PDF, {"kind": ""}, "required"),
    "another kind": (PDF, {"kind": "certificate"}, "not one of the available choices"),
    "no title": (PDF, {"title": " "}, "required"),
    "a long title": (PDF, {"title": "x" * 201}, "at most 200 characters"),
}


@pytest.mark.parametrize("why", WRONG)
def test_what_will_not_do_is_told_and_what_was_typed_stays(
    client: Any, draft: OfferStory, why: str
) -> None:
    content, said, sentence = WRONG[why]
    revision = draft.version.revision

    answer = sent(client, draft, content, **said)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    typed = said.get("title", TITLE).strip()
    assert f'value="{typed}"' in answer.content.decode() or not typed
    assert not draft.version.attachments.exists()
    assert not Document.objects.exists()
    assert draft.version.revision == revision


def test_a_file_of_another_kind_is_refused_at_its_field(
    client: Any, draft: OfferStory
) -> None:
    answer = sent(client, draft, b"MZ\x90")

    page = html.fromstring(answer.content)
    (link,) = page.xpath("//*[@class='errors']//li/a")
    assert (link.get("href"), link.text) == ("#id_file", "File")
    described = page.get_element_by_id("id_file_error").text_content()
    assert "Send a PDF or a picture (PNG, JPEG)." in described


def test_a_file_has_ten_megabytes_at_most(client: Any, draft: OfferStory) -> None:
    longest = PDF.ljust(LARGEST)

    refused = text_of(sent(client, draft, longest + b" "))
    assert "A file may have 10 MB at most." in refused
    assert sent(client, draft, longest).status_code == 302


def test_the_same_file_is_attached_once(client: Any, draft: OfferStory) -> None:
    attached(draft)

    answer = sent(client, draft, title="Din nou")

    assert f"This file is attached already, as “{TITLE}”." in text_of(answer)
    assert draft.version.attachments.count() == 1


def test_a_proposal_carries_so_many_files(draft: OfferStory) -> None:
    for number in range(attachments.MOST):
        attached(draft, PDF + bytes([number]))

    with pytest.raises(TransitionRefused, match="No more than 20 files"):
        attached(draft, PNG)


@pytest.mark.parametrize("said", [{"kind": "certificate"}, {"title": " "}])
def test_the_service_asks_what_the_file_is(
    draft: OfferStory, said: dict[str, str]
) -> None:
    with pytest.raises(TransitionRefused, match="give it a title"):
        attached(draft, **said)


# Who may


def test_only_authors_attach_and_only_to_a_draft(draft: OfferStory) -> None:
    with pytest.raises(PermissionDenied):
        attached(draft, by=draft.holder(Role.QA_OFFICER))
    carried = attached(draft)
    submitted(draft)

    with pytest.raises(TransitionRefused, match="frozen"):
        attached(draft, PNG)
    with pytest.raises(TransitionRefused, match="frozen"):
        attachments.take_off(attachment=carried, by=draft.coordinator)


def test_the_quality_office_opens_what_it_checks(
    client: Any, draft: OfferStory
) -> None:
    one = attached(draft)
    submitted(draft)
    client.force_login(draft.holder(Role.QA_OFFICER))

    check = client.get(f"/procedures/{draft.procedure.pk}/formal-check/")
    page = client.get(address(draft))

    assert address(draft, str(one.pk)) in check.content.decode()
    file = client.get(address(draft, str(one.pk)))
    assert b"".join(file.streaming_content) == PDF
    assert not html.fromstring(page.content).xpath("//main//form")
    assert client.post(address(draft), {}).status_code == 403


def test_strangers_and_other_procedures_lead_to_no_file(
    client: Any, draft: OfferStory
) -> None:
    one = attached(draft)
    other = story("LIT-JUR", "Fără anexe").propose()
    client.force_login(draft.coordinator)
    assert client.get(address(other, str(one.pk))).status_code == 404
    client.force_login(texts.experts_of_kind("student")[0])

    assert client.get(address(draft, str(one.pk))).status_code == 404
    assert client.post(address(draft, str(one.pk), "take-off")).status_code == 404


def test_a_file_is_taken_off_by_an_author(client: Any, draft: OfferStory) -> None:
    one = attached(draft)
    off = address(draft, str(one.pk), "take-off")
    client.force_login(draft.holder(Role.HEAD_OF_DEPARTMENT, draft.unit))
    assert client.post(off).status_code == 403
    assert draft.version.attachments.exists()
    client.force_login(draft.coordinator)

    answer = client.post(off, follow=True)

    assert "no longer goes with the proposal" in text_of(answer)
    assert not draft.version.attachments.exists()
    assert client.post(off).status_code == 404


# What it means


def test_a_file_attached_or_taken_off_voids_the_signature(draft: OfferStory) -> None:
    draft.sign()
    one = attached(draft)
    assert signature_on(draft.version) is None
    draft.sign()

    with draft.now(14):
        attachments.take_off(attachment=one, by=draft.coordinator)

    assert signature_on(draft.version) is None


def test_each_act_is_recorded_with_the_file_and_the_role(draft: OfferStory) -> None:
    one = attached(draft)
    with draft.now(12):
        attachments.take_off(attachment=one, by=draft.coordinator)

    case = draft.procedure.micro_credential.case
    events = case.events.filter(act__in=("attach", "take_off")).order_by("sequence")
    assert [(e.act, e.role) for e in events] == [
        ("attach", "coordinator"),
        ("take_off", "coordinator"),
    ]
    assert {e.facts["document"]["id"] for e in events} == {one.document_id}
    assert verification.verify() == []


def test_what_is_attached_is_frozen_with_the_proposal(draft: OfferStory) -> None:
    attached(draft)
    submitted(draft)

    frozen = draft.version.frozen_content["attachments"]
    digest = hashlib.sha256(PDF).hexdigest()
    assert frozen == [{"title": TITLE, "kind": "agreement", "sha256": digest}]
    assert verification.verify() == []


def test_without_a_file_nothing_is_said_of_files(draft: OfferStory) -> None:
    submitted(draft)

    assert "attachments" not in draft.version.frozen_content


@pytest.mark.parametrize(
    ("how", "what"),
    [
        ("its row is gone", "the text of version 1 differs from what was frozen"),
        ("its title is another", "which it records, was changed afterwards"),
    ],
)
def test_what_was_attached_cannot_be_changed_unseen(
    draft: OfferStory, how: str, what: str
) -> None:
    one = attached(draft)
    submitted(draft)
    if how == "its row is gone":
        Attachment.objects.filter(pk=one.pk).delete()
    else:
        Document.objects.filter(pk=one.document_id).update(title="Altceva")

    [found] = [broken for broken in verification.verify() if broken.case]

    assert found.case == draft.procedure.micro_credential.case.number
    assert what in found.what


def test_a_returned_proposal_carries_its_files_on(
    client: Any, draft: OfferStory
) -> None:
    kept, gone = attached(draft), attached(draft, PNG, title="Poza sălii")
    submitted(draft).wait(3).return_once()
    before = draft.procedure.versions.get(number=1).attachments.last()
    copies = draft.version.attachments
    assert [c.document_id for c in copies.all()] == [kept.document_id, gone.document_id]

    with draft.now(11):
        attachments.take_off(attachment=copies.last(), by=draft.coordinator)
    attached(draft, JPEG, title="Poza laboratorului")
    client.force_login(draft.coordinator)
    compared = client.get(f"/procedures/{draft.procedure.pk}/compare/1/")
    again = client.get(f"/procedures/{draft.procedure.pk}/submit/")

    assert "Poza sălii" in text_of(compared)
    assert "Poza laboratorului" in text_of(compared)
    assert "What changed from version 1 to version 2" in text_of(compared)
    assert f"Cooperation agreement: {TITLE}" not in text_of(compared)
    assert address(draft, str(before.pk)) in compared.content.decode()
    assert "Attachment: Cooperation agreement: Poza sălii → –" in text_of(again)
    submitted(draft)
    assert draft.refresh().status == "submitted"
    assert verification.verify() == []


def test_a_file_called_otherwise_is_a_change(client: Any, draft: OfferStory) -> None:
    attached(draft)
    submitted(draft).wait(3).return_once()
    with draft.now(11):
        one = draft.version.attachments.get()
        attachments.take_off(attachment=one, by=draft.coordinator)
    attached(draft, kind=AttachmentKind.OTHER)
    client.force_login(draft.coordinator)

    compared = text_of(client.get(f"/procedures/{draft.procedure.pk}/compare/1/"))

    assert "Cooperation agreement" in compared
    assert "Other" in compared


def test_another_procedure_writes_a_self_evaluation_of_its_own(
    draft: OfferStory,
) -> None:
    attached(draft)
    attached(draft, PNG, kind=AttachmentKind.SELF_EVALUATION)
    later = story("LIT-JUR", "Mai târziu").propose()

    carry_on(draft.version, later.version)

    carried = later.version.attachments.all()
    assert [one.kind for one in carried] == ["Cooperation agreement"]


def test_the_panel_opens_the_files_when_it_reads(
    client: Any, draft: OfferStory
) -> None:
    one = attached(draft)
    submitted(draft).wait(4).find_eligible().wait(9).endorse().wait(3)
    draft.open_panel().invite().wait(2).accept().declare()
    member = draft.seats()[-1]
    client.force_login(member.user)
    file = address(draft, str(one.pk))
    assert client.get(file).status_code == 404

    draft.start_review()
    opened = client.get(file)
    with draft.now(16):
        panel.recuse(member=member, reason="A new post.", by=member.user)

    assert b"".join(opened.streaming_content) == PDF
    assert client.get(file).status_code == 404


def test_the_dossier_lists_the_files_of_its_procedure(draft: OfferStory) -> None:
    attached(draft)
    submitted(draft)
    officer = draft.holder(Role.QA_OFFICER)

    listed = dossier_data(draft.refresh(), reader=officer, language="ro").manifest.rows

    assert [row[0] for row in listed if row[5] == hashlib.sha256(PDF).hexdigest()] == [
        TITLE
    ]


DAMAGE = {"changed": CHANGED, "gone": UNREADABLE, "elsewhere": UNREADABLE}


def damage(one: Attachment, how: str) -> None:
    path = Path(one.document.file.path)
    if how == "changed":
        path.write_bytes(PDF + b".")
    elif how == "gone":
        path.unlink()
    else:
        Document.objects.filter(pk=one.document_id).update(file="../../etc/passwd")


@pytest.mark.parametrize("how", DAMAGE)
def test_a_file_that_is_no_longer_the_one_filed_is_found(
    draft: OfferStory, capsys: Any, how: str
) -> None:
    one = attached(draft)
    call_command("verify_record", "--files")
    damage(one, how)

    found = [broken.as_dict() for broken in verification.changed_files()]
    with pytest.raises(SystemExit):
        call_command("verify_record", "--files")

    number = draft.procedure.micro_credential.case.number
    what = f"the file of document {one.document_id} {DAMAGE[how]}"
    assert found == [{"case": number, "sequence": None, "what": what}]
    assert f"{number}: {what}" in capsys.readouterr().out


@pytest.mark.parametrize("how", DAMAGE)
def test_a_file_that_is_no_longer_the_one_filed_is_not_handed_out(
    client: Any, draft: OfferStory, how: str
) -> None:
    one = attached(draft)
    damage(one, how)
    client.force_login(draft.coordinator)

    answer = client.get(address(draft, str(one.pk)), follow=True)

    assert answer.redirect_chain == [(address(draft), 302)]
    said = "no longer the one" if how == "changed" else "can no longer be read"
    assert said in text_of(answer)


def test_what_no_version_carries_is_kept_no_longer(
    draft: OfferStory, django_capture_on_commit_callbacks: Any
) -> None:
    sent_on, wrong = attached(draft), attached(draft, PNG)
    submitted(draft).wait(3).return_once()
    copy = draft.version.attachments.get(document=sent_on.document)
    newer = attached(draft, JPEG)
    paths = [Path(one.document.file.path) for one in (sent_on, wrong, newer)]

    with django_capture_on_commit_callbacks(execute=True), draft.now(14):
        for one in (copy, newer):
            attachments.take_off(attachment=one, by=draft.coordinator)

    assert [path.exists() for path in paths] == [True, True, False]
    assert verification.verify() == []
    assert verification.changed_files() == []
