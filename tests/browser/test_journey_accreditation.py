"""A micro-credential from the first word to its re-evaluation, by people at a screen."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from qa.content import SECTIONS
from tests.browser import proposal
from tests.browser.house import House
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
COORDINATOR = "andrei.ionescu" + HOUSE
HEAD = "ioana.tepes" + HOUSE
QA_OFFICER = "teodora.bucur" + HOUSE
DEANS_OFFICE = "tudor.sirbu" + HOUSE
CEAC_CHAIR = "sanziana.marin" + HOUSE
BOARD_SECRETARY = "bianca.pana" + HOUSE
SENATE_SECRETARY = "laurentiu.nitu" + HOUSE
CHAIR = "chair.cosmin.olteanu" + HOUSE
STUDENT = "student.ana.vasilescu" + HOUSE
EMPLOYER = "employer.maria.creanga" + HOUSE
PANEL = {
    CHAIR: ("Olteanu", "chair"),
    STUDENT: ("Vasilescu", "student"),
    EMPLOYER: ("Creangă", "labour_market"),
}
CHALLENGE_DAYS = 12  # five working days, whatever week and holidays they fall into
FOUR_YEARS = 4 * 365


class Journey:
    """One proposal; each method is one person's turn, from signing in to signing out."""

    def __init__(
        self, page: Page, house: House, told: dict[str, Any], *, scripts: bool
    ) -> None:
        self.page, self.house = page, house
        self.told, self.scripts = told, scripts
        self.title = told["title_ro"]
        self.home = self.case = self.offer = ""

    def work_of(self, person: str) -> Any:
        return seated(self.page, person)

    # --- Writing

    def propose(self) -> None:
        page = self.page
        with self.work_of(COORDINATOR):
            follow(page, r"^/micro-credentials/$")
            follow(page, r"/micro-credentials/new/$")
            fill(page, {"title_ro": self.title})
            press(page, "main form.act button")
            self.home = re.sub(r"^https?://[^/]+", "", page.url)
            assert re.fullmatch(r"/procedures/\d+/", self.home)
            eyebrow = page.locator(".head .eyebrow a")
            self.case = eyebrow.inner_text().strip()
            self.offer = eyebrow.get_attribute("href") or ""
            self.write()
            self.answer_checks()

    def write(self) -> None:
        """Section after section, as the button leads on."""
        follow(self.page, r"/sections/identity/$")
        for section in SECTIONS:
            assert f"/sections/{section.key}/" in self.page.url
            fill(self.page, proposal.fields_of(self.told, section.fields))
            for part in section.parts:
                self.write_part(part)
            press(self.page, "#section button[name=next]")

    def write_part(self, part: str) -> None:
        """Row after row: the button shows an empty one and keeps what is written."""
        for number, row in enumerate(self.told[part]):
            if number:
                press(self.page, f"#section button[name=add][value={part}]")
            fill(self.page, proposal.row_of(part, number, row))
        if part == "components":
            self.tick_matrix(self.told[part])

    def tick_matrix(self, rows: list[dict[str, Any]]) -> None:
        """With scripts it grows while one writes, else with every save."""
        page = self.page
        if self.scripts:
            page.locator("#section").press("Tab")
            expect(page.locator("#matrix tbody tr")).to_have_count(len(rows))
        else:
            press(page, "#section button[name=all]")
            follow(page, r"/sections/outcomes/$")
        for number, row in enumerate(rows):
            fill(page, {f"components-{number}-outcomes": row["outcomes"]})

    def answer_checks(self) -> None:
        """A warning asks for a reason, on the page of its section."""
        page = self.page
        assert page.locator(".sections .state-asks").count(), words_of(page)
        while page.locator(".sections .state-asks").count():
            with page.expect_navigation():
                page.locator(".sections li:has(.state-asks) > a").first.click()
            answers = page.locator("#checks textarea")
            names = [one.get_attribute("name") for one in answers.all()]
            assert names, words_of(page)
            fill(page, {str(n): "Partenerii au cerut-o." for n in names}, "main")
            press(page, "#section button[name=all]")
        assert not page.locator(".sections .check-b").count(), words_of(page)
        press(page, "form[action$='/sign-off/ask/'] button")

    def sign_and_submit(self) -> None:
        page = self.page
        with self.work_of(HEAD):
            open_work(page, self.case)
            press(page, "main form button")
        with self.work_of(COORDINATOR):
            open_work(page, self.case)
            follow(page, r"/submit/$")
            press(page, "main button[name=sign]")

    # --- Checking, endorsing, the panel

    def check_formally(self) -> None:
        page = self.page
        with self.work_of(QA_OFFICER):
            open_work(page, self.case)
            follow(page, r"/formal-check/$")
            for box in page.locator("[name=checklist]").all():
                box.check()
            press(page, "form:has([value=eligible]) button")
            press(page, "main button[name=sign]")

    def vote(self, person: str, link: str, **told: Any) -> None:
        """A secretary writes the minutes, marks the rest as in favour, checks, signs."""
        page = self.page
        with self.work_of(person):
            open_work(page, self.case)
            follow(page, link)
            fill(
                page,
                {
                    "agenda_item": "4",
                    "reasons_ro": "Propunerea este bine întemeiată.",
                    "reasons_en": "The proposal is well founded.",
                    **told,
                },
            )
            press(page, "main button[name=rest][value='for']")
            press(page, "main button[name=check]")
            press(page, "main button[name=sign]")

    def nominate(self) -> None:
        page = self.page
        with self.work_of(CEAC_CHAIR):
            open_work(page, self.case)
            follow(page, r"/panel/open/$")
            fill(page, {"reason": "Trei experți din afara universității."})
            press(page, "main form.act button")

    def invite(self) -> None:
        page = self.page
        with self.work_of(QA_OFFICER):
            open_work(page, self.case)
            for name, role in PANEL.values():
                follow(page, r"/panel/invite/$")
                listed = page.locator("[name=user] option").filter(has_text=name)
                person = listed.first.get_attribute("value")
                fill(page, {"user": person, "role": role, "is_external": True})
                press(page, "main form.act button")

    def take_seats(self) -> None:
        page = self.page
        for person in PANEL:
            with self.work_of(person):
                open_work(page, self.case)
                fill(page, {"undertaking": True})
                press(page, "form:has([name=undertaking]) button")
                press(page, "form[action$='/no-conflict/'] button")

    def start_review(self) -> None:
        page = self.page
        with self.work_of(CEAC_CHAIR):
            open_work(page, self.case)
            press(page, "form[action$='/review/start/'] button")

    # --- Review and report

    def read(self) -> None:
        page = self.page
        for person in PANEL:
            with self.work_of(person):
                open_work(page, self.case)
                follow(page, r"/assessments/\d+/[^/]+/$")
                while page.locator("button[name=next]").count():
                    fill(
                        page,
                        {
                            "stand": "rated",
                            "rating": "compliant",
                            "evidence": "Dosarul, secțiunile 3 și 4.",
                            "analysis": "Rezultatele sunt evaluate toate.",
                            "conclusion": "Standardul este îndeplinit.",
                        },
                    )
                    press(page, "button[name=next]")
                press(page, "form[action$='/submit/'] button")

    def report(self) -> None:
        page = self.page
        with self.work_of(CHAIR):
            open_work(page, self.case)
            follow(page, r"/report/begin/$")
            fill(page, {"visit_on": self.house.today.isoformat()})
            press(page, "main form.act button")
            follow(page, r"/report/1\.1/$")
            while page.locator("button[name=next]").count():
                fill(
                    page,
                    {
                        "rating": "compliant",
                        "evidence": "Cele trei lecturi independente.",
                        "analysis": "Membrii panelului sunt de aceeași părere.",
                        "conclusion": "Standardul este îndeplinit.",
                    },
                )
                press(page, "button[name=next]")
            follow(page, r"/report/proposal/$")
            fill(
                page,
                {
                    "summary": "O ofertă bine gândită.",
                    "outcome": "approved",
                    "reasons": "Toate standardele sunt îndeplinite.",
                    "points-0-kind": "recommendation",
                    "points-0-text_ro": "Publicarea criteriilor de notare.",
                    "points-0-text_en": "Publish the marking criteria.",
                },
            )
            press(page, "main form.act button")
            press(page, "form[action$='/report/send/'] button")

    def check_facts(self) -> None:
        page = self.page
        with self.work_of(COORDINATOR):
            open_work(page, self.case)
            follow(page, r"/report/reply/$")
            fill(
                page,
                {"remarks-0-place": "1.3", "remarks-0-text": "Sunt trei componente."},
            )
            press(page, "main form.act button")
        with self.work_of(CHAIR):
            open_work(page, self.case)
            follow(page, r"^/remarks/\d+/$")
            fill(page, {"answer": "accepted", "text": "S-a corectat."})
            press(page, "main form.act button")
            press(page, "form[action$='/report/finalise/'] button")

    # --- Decision

    def refer(self) -> None:
        page = self.page
        with self.work_of(CEAC_CHAIR):
            open_work(page, self.case)
            follow(page, r"/report/$")
            press(page, "form[action$='/report/refer/'] button")

    def decide(self) -> None:
        end = self.house.today.replace(
            year=self.house.today.year + 5, day=1
        ) - timedelta(days=1)
        self.vote(
            SENATE_SECRETARY,
            r"/decision/$",
            outcome="approved",
            valid_from=self.house.today.isoformat(),
            valid_to=end.isoformat(),
        )

    def issue_letter(self) -> None:
        page = self.page
        with self.work_of(SENATE_SECRETARY):
            page.goto(self.home)
            follow(page, r"^/decisions/\d+/letter/$")
            press(page, "main form button")
            assert self.text_of_pdf(r"/letter\.pdf$")

    # --- What leaves

    def text_of_pdf(self, href: str) -> str:
        pages = PdfReader(io.BytesIO(download(self.page, href))).pages
        return "\n".join(page.extract_text() for page in pages)

    def export(self) -> None:
        page = self.page
        page.goto("/register/")
        fill(page, {"q": self.title}, "form.filters")
        with page.expect_navigation():
            page.locator("form.filters button").click()
        follow(page, rf"^/register/{self.case}-v1/$")
        assert self.title in words_of(page)
        with self.work_of(QA_OFFICER):
            page.goto(self.offer)
            dossier = " ".join(self.text_of_pdf(r"/dossier\.pdf$").split())
            assert self.title in dossier
            assert "Universidade" in dossier or "Lumiar" in dossier
            page.goto("/exports/")
            book = load_workbook(io.BytesIO(download(page, r"^/register\.xlsx$")))
            cells = {cell.value for row in book.worksheets[0] for cell in row}
            assert self.title in cells

    def come_back(self) -> None:
        """The re-evaluation is there when the coordinator looks, on its day."""
        page = self.page
        with self.work_of(COORDINATOR):
            page.goto(self.offer)
            assert page.locator("a[href^='/procedures/']").count() >= 2
            page.goto("/")
            open_work(page, self.case)
            assert self.home not in page.url
            follow(page, r"/sections/identity/$")
            assert page.locator("[name=title_ro]").input_value() == self.title


@pytest.mark.parametrize(
    ("language", "scripts", "title"),
    [
        ("en", True, "Apele Deltei și știința lor"),
        ("ro", False, "Învățarea în orașele Dunării"),
    ],
)
def test_a_micro_credential_goes_from_draft_to_re_evaluation(
    chromium: Browser, own_house: House, language: str, scripts: bool, title: str
) -> None:
    with screen(
        chromium, own_house.address, language=language, java_script_enabled=scripts
    ) as page:
        told = proposal.written(title, language, own_house.today)
        journey = Journey(page, own_house, told, scripts=scripts)
        journey.propose()
        journey.sign_and_submit()
        journey.check_formally()
        journey.vote(DEANS_OFFICE, r"/endorsement/$", favourable="yes")
        journey.nominate()
        journey.invite()
        journey.take_seats()
        own_house.wait(CHALLENGE_DAYS)
        journey.start_review()
        journey.read()
        journey.report()
        journey.check_facts()
        journey.vote(BOARD_SECRETARY, r"/opinion/board/$", favourable="yes")
        journey.vote(CEAC_CHAIR, r"/opinion/ceac/$", favourable="yes")
        journey.refer()
        journey.decide()
        journey.issue_letter()
        own_house.tick()
        journey.export()
        own_house.tick(FOUR_YEARS)
        own_house.wait(FOUR_YEARS)
        journey.come_back()
