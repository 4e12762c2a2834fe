"""The public register, letters, verification and exports in the browser's eyes."""

import io
import json

import openpyxl
import pytest
from django.urls import reverse
from lxml import html

from qa.enums import ActKind, Role
from qa.models import Institution, Procedure, User, Version
from reports import codes, queries, registers, services
from reports.models import IssuedLetter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings):
    settings.ATESTA_DEMO = True


@pytest.fixture
def decided(stages):
    return Procedure.objects.get(pk=stages["in_force"].procedure_id)


@pytest.fixture
def decision(decided):
    return decided.decisions.filter(kind=ActKind.DECISION, is_carried=True).last()


@pytest.fixture
def secretary():
    return User.objects.filter(appointments__role=Role.SENATE_SECRETARY).first()


@pytest.mark.parametrize("language", ["en", "ro"])
def test_anybody_reads_the_register(client, stages, language):
    client.cookies["django_language"] = language

    page = client.get(reverse("reports:register")).content.decode()

    for row in queries.register_rows():
        assert row.number in page
    statuses = {row.status for row in queries.register_rows()}
    assert {"in_force", "approved", "rejected"} <= statuses


def test_the_search_knows_no_marks(client, stages):
    address = reverse("reports:register")

    found = client.get(address, {"q": "POVESTEA in force"}).content.decode()
    nothing = client.get(address, {"q": "no such thing"}).content.decode()

    assert "in force (EN)" in found
    assert "the whole register" in nothing


@pytest.mark.parametrize(
    "typed",
    [
        "tantari si soareci",
        "\u0162ÂN\u0162ARI \u015foareci",
        "Șoareci",
        "t\u0326a\u0302nt\u0326ari",
    ],
)
def test_the_search_finds_every_spelling_of_romanian(client, decided, typed):
    decided.version.title_ro = "Țânțari și șoareci"
    decided.version.save(update_fields=["title_ro"])

    page = client.get(reverse("reports:register"), {"q": typed})

    assert [shown.row.procedure_id for shown in page.context["rows"]] == [decided.pk]


@pytest.mark.parametrize("part", ["number", "summary", "department"])
def test_the_search_looks_beyond_the_title(client, decided, part):
    offer, version = decided.micro_credential, decided.version
    typed = {
        "number": offer.case.number.lower(),
        "summary": " ".join(version.summary_ro.split()[:3]),
        "department": offer.unit.name_ro,
    }[part]

    page = client.get(reverse("reports:register"), {"q": typed})

    assert decided.pk in [shown.row.procedure_id for shown in page.context["rows"]]


@pytest.mark.parametrize(
    ("name", "asked", "another"),
    [
        ("field", "03", "05"),
        ("ects", "15", "more"),
        ("ects", "15", "5"),
        ("ects", "15", "none"),
        ("mode", "online", "presential"),
    ],
)
def test_the_register_is_narrowed_by_field_size_and_mode(
    client, decided, name, asked, another
):
    version = decided.version
    version.isced_id, version.ects, version.participation_form = "0314", 15, "online"
    version.save()

    def numbers(value):
        page = client.get(reverse("reports:register"), {name: value})
        return [shown.row.procedure_id for shown in page.context["rows"]]

    assert decided.pk in numbers(asked)
    assert decided.pk not in numbers(another)


def test_an_entry_without_a_page_of_its_own_links_to_itself(decided):
    decided.version.public_page_url = ""
    decided.version.save()
    [row] = [r for r in queries.register_rows() if r.procedure_id == decided.pk]
    column = next(c for c in registers.COLUMNS if c.key == "page_url")

    assert column.getter(row, "en") == row.entry_url == queries.entry_url(row.number)
    assert row.entry_url.endswith(reverse("reports:register_entry", args=[row.number]))


def test_partners_of_a_joint_offer_are_its_providers_too(decided):
    own = decided.micro_credential.unit.institution
    partner = Institution.objects.exclude(pk=own.pk).first()
    decided.version.awarding_bodies.set([partner, own])

    def providers(*, is_joint: bool) -> str:
        decided.version.is_joint = is_joint
        decided.version.save()
        rows = queries.register_rows()
        return next(r for r in rows if r.procedure_id == decided.pk).providers.en

    assert providers(is_joint=False) == own.name_en
    assert providers(is_joint=True) == f"{own.name_en}; {partner.name_en}"


def test_a_filter_that_makes_no_sense_asks_for_nothing(client, stages):
    page = client.get(
        reverse("reports:register"),
        {"level": "x", "faculty": "?", "field": "?", "ects": "x", "mode": "x"},
    )

    assert page.status_code == 200
    assert len(page.context["rows"]) == len(queries.register_rows())


def test_every_language_that_is_taught_can_be_asked_for(client, stages):
    first, *others = queries.register_rows()
    case, _dash, number = first.number.rpartition("-v")
    version = Version.objects.get(
        procedure__micro_credential__case__number=case, number=number
    )
    version.languages.add("hu")

    page = client.get(reverse("reports:register"), {"language": "hu"})

    offered = {str(one) for one in page.context["form"].fields["language"].queryset}
    assert len(page.context["rows"]) == 1
    assert first.number in page.text
    assert "Hungarian" in offered
    assert "Portuguese" not in offered
    assert others


def test_every_entry_opens(client, stages):
    for row in queries.register_rows():
        page = client.get(reverse("reports:register_entry", args=[row.number]))
        assert page.status_code == 200
        assert row.title.en in page.content.decode()


def test_every_entry_publishes_the_report_of_the_panel(client, stages):
    for row in queries.register_rows():
        address = reverse("reports:register_report", args=[row.number])
        entry = client.get(reverse("reports:register_entry", args=[row.number]))
        page = client.get(address).content.decode()

        assert row.report_url.endswith(address)
        assert address in entry.content.decode()
        procedure = Procedure.objects.get(pk=row.procedure_id)
        for finding in procedure.report.findings.all():
            assert str(finding.standard) in page
            label = procedure.standard_set.rating_label(finding.rating)
            assert label in page
        for seat in procedure.members.filter(status="accepted"):
            assert str(seat.user) in page
        assert procedure.coordinator.family_name not in page
        assert procedure.coordinator.email not in page


def test_a_report_not_yet_decided_on_is_not_published(client, stages):
    running = Procedure.objects.get(pk=stages["awaiting_decision"].procedure_id)
    number = f"{running.micro_credential.case.number}-v{running.version.number}"

    page = client.get(reverse("reports:register_report", args=[number]))

    assert page.status_code == 404


def test_an_unknown_entry_is_not_found(client, stages):
    assert client.get("/register/MC-1999-001-v1/").status_code == 404


def test_the_register_leaves_as_files(client, stages):
    rows = queries.register_rows()

    def taken(kind):
        return client.get(reverse("reports:register_download", args=[kind]))

    book = openpyxl.load_workbook(io.BytesIO(taken("xlsx").content))
    listed = json.loads(taken("json").content)
    lines = taken("csv").content.decode("utf-8-sig").splitlines()

    assert book.worksheets[0].max_row == len(rows) + 1
    assert rows[0].number in json.dumps(listed)
    assert len(lines) >= len(rows) + 1
    assert taken("pdf").status_code == 404


@pytest.mark.parametrize("asked", [{"q": "a" * 300}, {"q": "a " * 9}, {"level": "99"}])
def test_a_filter_that_makes_no_sense_says_so(client, stages, asked):
    answer = client.get(reverse("reports:register"), asked)

    tree = html.fromstring(answer.content)
    assert answer.status_code == 200
    assert len(tree.find_class("error")) == 1


def test_register_needs_the_same_queries_for_more_rows(
    client, stages, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15) as many:
        client.get(reverse("reports:register"))
    one = queries.register_rows()[0].number.rpartition("-v")[0]
    with django_assert_max_num_queries(15) as few:
        client.get(reverse("reports:register"), {"q": one})

    # A search reads the texts once more, however many they are.
    assert len(few) <= len(many) + 1


def test_a_code_confirms_the_letter_and_shows_nothing_of_it(
    client, decision, secretary
):
    issued = services.issue_letter(decision=decision, by=secretary)

    asked = client.get(
        reverse("reports:verify"), {"code": issued.code.lower().replace("-", " ")}
    )
    page = client.get(asked.url).content.decode()

    assert issued.registry_number in page
    assert decision.act_number in page
    assert decision.reasons_en not in page
    assert decision.procedure.coordinator.family_name not in page


def test_a_wrong_code_is_said_to_be_wrong(client, stages):
    unknown = codes.new_code()

    typed = client.get(reverse("reports:verify"), {"code": "7K2M-9Q4T"})
    missing = client.get(reverse("reports:verify_code", args=[unknown]))

    assert typed.status_code == 422
    assert "7K2M-9Q4T" in typed.content.decode()
    assert "No letter bears this code" in typed.content.decode()
    assert "could not be saved" not in typed.content.decode()
    assert missing.status_code == 404
    assert "No letter with this code" in missing.content.decode()


def test_the_secretary_checks_and_issues_the_letter(client, decision, secretary):
    client.force_login(secretary)
    address = reverse("reports:letter", args=[decision.pk])

    before = client.get(address).content.decode()
    client.post(address)
    file = client.get(reverse("reports:letter_file", args=[decision.pk]))

    assert decision.reasons_en.split(".")[0] in before
    assert "Issue the letter" in before
    assert file.content == bytes(IssuedLetter.objects.get(decision=decision).content)
    assert file["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("language", "own", "other"),
    [("en", "Valid from", "Valabilă de la"), ("ro", "Valabilă de la", "Valid from")],
)
def test_parts_of_the_letter_are_named_in_the_readers_language(
    client, decision, secretary, language, own, other
):
    client.cookies["django_language"] = language
    client.force_login(secretary)

    page = client.get(reverse("reports:letter", args=[decision.pk]))

    names = html.fromstring(page.content).xpath("//th[@scope='row']/text()")
    assert own in names
    assert other not in " ".join(names)


def test_the_coordinator_reads_but_does_not_issue(client, decision):
    client.force_login(decision.procedure.coordinator)
    address = reverse("reports:letter", args=[decision.pk])

    assert "Issue the letter" not in client.get(address).content.decode()
    assert client.post(address).status_code == 403
    assert not IssuedLetter.objects.filter(decision=decision).exists()


def test_a_stranger_opens_neither_letter_nor_dossier(client, decided, decision):
    stranger = User.objects.create_user(
        email="stranger@elsewhere.example", password="x-y-z-1234"
    )
    client.force_login(stranger)

    for address in (
        reverse("reports:letter", args=[decision.pk]),
        reverse("reports:letter_file", args=[decision.pk]),
        reverse("reports:dossier", args=[decided.pk]),
    ):
        assert client.get(address).status_code == 404


def test_exports_offer_dossiers_and_flows(client, decided, secretary):
    client.force_login(secretary)

    page = client.get(reverse("reports:exports")).content.decode()
    dossier = client.get(reverse("reports:dossier", args=[decided.pk]))
    flow = client.get(reverse("reports:flow_bpmn", args=["procedure"]))

    assert reverse("reports:dossier", args=[decided.pk]) in page
    assert dossier.content.startswith(b"%PDF")
    assert b"bpmn" in flow.content
    assert client.get(reverse("reports:flow_bpmn", args=["none"])).status_code == 404
