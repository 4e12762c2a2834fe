"""An application for recognition from filing to a final decision, by people at a screen."""

import io
import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from recognition.grounds import grid_of
from tests.browser.house import ROOT, House
from tests.browser.people import (
    download,
    fill,
    follow,
    open_work,
    press,
    screen,
    seated,
    words_of,
)

HOUSE = "@uvd.example"
APPLICANT = "mara.pintilie@post.example"
OFFICER = "daria.stan" + HOUSE
HEAD = "ilinca.ursu" + HOUSE
ASSESSOR = "valentin.vacaru" + HOUSE
SECRETARY = "corina.cazacu" + HOUSE
EXAMPLE = ROOT / "fixtures/examples/application-mooc-2-ects.json"
WISH = ("purpose", "purpose_target", "outcome_requested")
AWARD = (
    *("learner_given_name", "learner_family_name", "title", "title_translated"),
    *("issuer_name", "issuer_country", "awarding_body_name", "awarding_body_country"),
    *("issued_on", "verification_url"),
)
LEARNING = (
    *("ects", "workload_hours", "level_kind", "assessment_types"),
    *("participation_form", "supervision", "qa_statement", "grade"),
)
CERTIFICATE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class Journey:
    """One application; each method is one person's turn."""

    def __init__(self, page: Page, house: House, title: str) -> None:
        self.page = page
        told: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
        self.told = told | {"title": title}
        self.today = house.today.isoformat()
        self.home = self.case = ""

    def work_of(self, person: str) -> Any:
        return seated(self.page, person)

    def act(self, name: str, **values: Any) -> None:
        """One act of the office: its link, its form, its button."""
        follow(self.page, rf"/acts/{name}/$")
        fill(self.page, values)
        press(self.page, "main form.act button")

    def section(self, name: str, values: dict[str, Any]) -> None:
        assert f"/sections/{name}/" in self.page.url
        fill(self.page, values)
        press(self.page, "main button[name=next]")

    def file(self) -> None:
        page, told = self.page, self.told
        with self.work_of(APPLICANT):
            follow(page, r"^/recognition/$")
            press(page, "form[action='/recognition/new/'] button")
            self.home = re.sub(r"^https?://[^/]+", "", page.url)
            self.case = page.locator(".head .eyebrow span").first.inner_text()
            self.bring_files()
            follow(page, r"/sections/purpose/$")
            self.section("purpose", {name: told[name] for name in WISH})
            self.section("award", {name: told[name] for name in AWARD})
            learning = {name: told[name] for name in LEARNING}
            learning |= {
                "outcomes": "\n".join(told["outcomes"]),
                "missing": told["missing"],
            }
            self.section("learning", learning)
            self.section("sheet", {"accepted": True, "fee": "paid", "remark": "OP 118"})
            self.add_document()
            follow(page, r"/submit/$")
            assert self.told["title"] in words_of(page)
            press(page, "main button[name=sign]")

    def bring_files(self) -> None:
        """Whoever holds the credential as a file begins with it."""

    def add_document(self) -> None:
        paper = {
            "name": "certificate.pdf",
            "mimeType": "application/pdf",
            "buffer": CERTIFICATE,
        }
        follow(self.page, r"/documents/$")
        fill(
            self.page,
            {"kind": "certificate", "title": "Certificat", "language": "en"}
            | {"file": paper},
        )
        press(self.page, "main form.act button")

    def verify(self) -> None:
        page = self.page
        with self.work_of(OFFICER):
            open_work(page, self.case)
            assert download(page, r"/documents/\d+/$") == CERTIFICATE
            press(page, "form[action$='/complete/'] button")
            self.act(
                "issuer",
                issuer_status="recognised_other_provider",
                awarding_body_status="recognised_other_provider",
                provision_scope="covered",
                basis="Registrul național, văzut la data acordării.",
            )
            self.act(
                "verification",
                method="issuer_page",
                result="verified_by_issuer",
                evidence="Pagina emitentului arată aceeași înregistrare.",
                checked_on=self.today,
            )
            self.act("track", track="standard", reason="Acordat după evaluare.")

    def name_assessor(self) -> None:
        page = self.page
        with self.work_of(HEAD):
            open_work(page, self.case)
            follow(page, r"/acts/assessor/$")
            listed = page.locator("[name=assessor] option").filter(has_text="Văcaru")
            fill(page, {"assessor": listed.first.get_attribute("value")})
            press(page, "main form.act button")

    def compare(self) -> None:
        page = self.page
        grid = [criterion.key for criterion in grid_of("standard")]
        with self.work_of(ASSESSOR):
            open_work(page, self.case)
            self.act("conflict", declared="none")
            self.act("requirement", **{key: f"Cerința: {key}" for key in grid})
            follow(page, rf"/grid/{grid[0]}/$")
            for key in grid:
                assert f"/grid/{key}/" in page.url
                fill(
                    page,
                    {
                        "credential_value": "Cum arată certificatul.",
                        "source": "Certificatul, p. 1",
                        "difference": "none",
                    },
                )
                press(page, "main button[name=next]")
            follow(page, r"/proposal/$")
            fill(
                page,
                {
                    "outcome": "full",
                    "granted_target_ro": self.told["purpose_target"],
                    "granted_target_en": self.told["purpose_target"],
                    "ects_granted": "2",
                    "level_granted": "EQF 6",
                    "grade_granted": "-",
                    "reasons": "Rezultatele esențiale sunt acoperite și evaluate.",
                },
            )
            press(page, "main form.act button")
            press(page, "form[action$='/propose/'] button")

    def decide(self) -> None:
        page = self.page
        with self.work_of(SECRETARY):
            open_work(page, self.case)
            self.act("agenda", meeting_on=self.today, item="4")
            follow(page, r"/decision/$")
            votes = page.locator("[name^=cast_][value='for']")
            for vote in votes.all():
                vote.check()
            appeals = page.locator("[name=remedy_body] option[value]:not([value=''])")
            signs = page.locator("[name=signatory] option").filter(has_text="Dobre")
            fill(
                page,
                {
                    "reasons_ro": "Rezultatele esențiale sunt acoperite.",
                    "reasons_en": "The essential outcomes are covered.",
                    "comparison_ro": "Cele cinci elemente au fost comparate.",
                    "comparison_en": "The five elements were compared.",
                    "remedy_body": appeals.first.get_attribute("value"),
                    "remedy_ro": "Contestație la registratură.",
                    "remedy_en": "Appeal through the registry.",
                    "signatory": signs.first.get_attribute("value"),
                },
            )
            press(page, "main button[name=check]")
            assert "Rezultatele esențiale sunt acoperite." in words_of(page)
            press(page, "main button[name=sign]")

    def notify(self) -> None:
        page = self.page
        with self.work_of(OFFICER):
            open_work(page, self.case)
            here = page.url
            follow(page, r"/letter/$")
            follow(page, r"/letter/issue/$")
            press(page, "main form button")
            page.goto(here)
            self.act(
                "notify",
                delivered_on=self.today,
                delivery="portal",
                proof="Deschisă în cont.",
            )

    def accept(self) -> None:
        page = self.page
        with self.work_of(APPLICANT):
            follow(page, r"^/recognition/$")
            follow(page, self.home)
            letter = PdfReader(
                io.BytesIO(download(page, r"/documents/\d+/$", last=True))
            )
            text = " ".join(" ".join(p.extract_text() for p in letter.pages).split())
            assert "Rezultatele esențiale sunt acoperite." in text
            follow(page, r"/accept/$")
            press(page, "main form.act button")
            assert not page.locator("a[href$='/accept/']").count()
            assert not page.locator("a[href$='/withdraw/']").count()


@pytest.mark.parametrize(
    ("language", "scripts", "title"),
    [
        ("en", True, "Reading public data"),
        ("ro", False, "Date publice pentru jurnaliști"),
    ],
)
def test_an_application_goes_from_filing_to_a_final_decision(
    chromium: Browser, own_house: House, language: str, scripts: bool, title: str
) -> None:
    with screen(
        chromium, own_house.address, language=language, java_script_enabled=scripts
    ) as page:
        journey = Journey(page, own_house, title)
        journey.file()
        journey.verify()
        journey.name_assessor()
        journey.compare()
        journey.decide()
        journey.notify()
        journey.accept()
