"""The design checks DC-15 to DC-28: one change fails exactly one."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from fixtures.demo.cast import instant
from qa import clock, design_checks
from qa.models import Accreditation
from qa.services import drafting
from tests.qa.written import Written
from tests.stages import STAGES, story

pytestmark = pytest.mark.django_db
ESCO = "http://data.europa.eu/esco/skill/2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f"


@pytest.mark.parametrize(
    ("missing", "detail"),
    [
        (
            "entry_requirements_ro",
            "Entry requirements are missing in one of the languages.",
        ),
        (
            "entry_requirements_en",
            "Entry requirements are missing in one of the languages.",
        ),
        (
            "admission_ro",
            "The admission procedure is missing in one of the languages.",
        ),
        (
            "admission_en",
            "The admission procedure is missing in one of the languages.",
        ),
        ("target_group_ro", "The target group is missing in one of the languages."),
        ("target_group_en", "The target group is missing in one of the languages."),
        ("contact_email", "The contact for learners is missing."),
    ],
)
def test_DC_15_entry_and_admission(written: Written, missing: str, detail: str) -> None:
    written.write(**{missing: ""}).fails("DC-15", detail)


def test_DC_15_open_access_needs_no_requirements(written: Written) -> None:
    written.write(open_access=True, entry_requirements_ro="", entry_requirements_en="")
    assert written.found() == []


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"name": ""}, "Teacher 2 has no name."),
        ({"qualification": ""}, "Prof. Tiago Abrantes has no qualification or load."),
        ({"hours": 0}, "Prof. Tiago Abrantes has no qualification or load."),
    ],
)
def test_DC_16_teachers(written: Written, changes: dict[str, Any], detail: str) -> None:
    written.part("team", 2, **changes).fails("DC-16", detail)


def test_DC_16_an_affiliated_person_coordinates(written: Written) -> None:
    detail = "No affiliated person coordinates the team."
    written.part("team", 1, is_affiliated=False).fails("DC-16", detail)
    written.part("team", 1, is_coordinator=False).fails("DC-16", detail)
    written.write(team=[]).fails("DC-16", "Nobody is named in the teaching team.")


def test_DC_17_resources_and_accessibility(written: Written) -> None:
    written.write(rooms_and_labs="", learning_platform="").fails(
        "DC-17", "Neither rooms nor a learning platform are stated."
    )
    written.write(library="").fails("DC-17", "Library and materials are not stated.")
    written.write(accessibility_statement="").fails(
        "DC-17", "The accessibility statement is missing."
    )


def test_DC_18_recent_evidence_and_an_external_voice(written: Written) -> None:
    missing = "The evidence of the need is missing or has no date."
    written.write(need_evidence="").fails("DC-18", missing)
    written.write(need_evidence_on=None).fails("DC-18", missing)

    last = clock.add_months(written.story.day, -24)
    assert written.write(need_evidence_on=last).found() == []
    written.write(need_evidence_on=last - timedelta(days=1)).fails(
        "DC-18", "The evidence of the need is older than 24 months."
    )
    assert written.write(need_evidence_on=written.story.day).found() == []
    written.write(need_evidence_on=written.story.day + timedelta(days=1)).fails(
        "DC-18", "The evidence of the need is dated in the future."
    )

    students = written.data["consultations"][1:]
    written.write(consultations=students).fails(
        "DC-18", "No external stakeholder was consulted."
    )
    written.part("consultations", 1, who="").fails(
        "DC-18", "No external stakeholder was consulted."
    )


def test_DC_19_students_were_consulted(written: Written) -> None:
    detail = "No consultation of students is recorded."
    employers = written.data["consultations"][:1]
    written.write(consultations=employers).fails("DC-19", detail)
    written.part("consultations", 2, who="").fails("DC-19", detail)


@pytest.mark.parametrize(("position", "code"), [(1, "DC-18"), (2, "DC-19")])
def test_DC_18_19_a_consultation_took_place(
    written: Written, position: int, code: str
) -> None:
    today = written.story.day
    who = written.data["consultations"][position - 1]["who"]
    held = {"held_on": today.isoformat()}
    assert written.part("consultations", position, **held).found() == []

    planned = today + timedelta(days=1)
    detail = f"The consultation of {who} has not taken place yet: {planned:%d.%m.%Y}."
    written.part("consultations", position, held_on=planned.isoformat()).fails(
        code, detail
    )
    rows = written.data["consultations"]
    again = rows[position - 1] | {"held_on": planned.isoformat()}
    assert written.write(consultations=[*rows, again]).found() == []


def test_DC_20_programmes_count_no_more_than_the_offer_bears(written: Written) -> None:
    programme = written.data["stacking_targets"][0]["programme"]
    assert written.part("stacking_targets", 1, credits="15").found() == []
    written.part("stacking_targets", 1, credits="15.5").fails(
        "DC-20", f"{programme} counts 15.5 of 15.0 ECTS."
    )
    two = [dict(row, credits="15") for row in written.data["stacking_targets"] * 2]
    assert written.write(stacking_targets=two).found() == []
    written.write(ects=None, no_credit_reason="For the public.").fails(
        "DC-20", f"{programme} counts credits of an offer that bears none."
    )


def test_DC_20_stackability(written: Written) -> None:
    written.write(stackability="").fails("DC-20", "Stackability is not chosen.")
    written.write(stacking_targets=[]).fails(
        "DC-20", "No programme is named that counts the credits."
    )
    programme = written.data["stacking_targets"][0]["programme"]
    for missing in ("owner", "agreement_reference"):
        written.part("stacking_targets", 1, **{missing: ""}).fails(
            "DC-20", f"{programme} lacks its owner's written agreement."
        )
    written.part("stacking_targets", 1, credits="0").fails(
        "DC-20", f"{programme} counts no credits."
    )
    written.write(stackability="standalone", stacking_targets=[])
    assert written.found() == []


@pytest.mark.parametrize(
    ("topic", "label"),
    [
        ("award", "Name of the award"),
        ("coordination", "Coordination, responsibilities and finance"),
        ("admission", "Admission and selection"),
        ("mobility", "Mobility of students and teachers"),
        ("examination", "Examination, assessment and recognition of credits"),
    ],
)
def test_DC_21_agreement_covers_the_five_topics(
    written: Written, topic: str, label: str
) -> None:
    topics = [one for one in written.data["agreement_topics"] if one != topic]
    written.write(agreement_topics=topics).fails(
        "DC-21", f"The agreement does not cover: {label}."
    )


def test_DC_21_joint_provision_names_its_agreement(written: Written) -> None:
    written.write(agreement_reference="").fails(
        "DC-21", "The cooperation agreement is not named."
    )
    written.write(is_joint=False, agreement_reference="", agreement_topics=[])
    assert written.found() == []


def test_DC_22_recognition_clause(written: Written) -> None:
    written.write(recognition_clause="").fails(
        "DC-22", "The recognition clause is missing."
    )


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"fee_amount": None}, "The fee is missing; write 0 where there is none."),
        ({"refund_rule": ""}, "The refund rule is missing."),
        ({"viability_note": ""}, "The note on financial viability is missing."),
    ],
)
def test_DC_23_finance(written: Written, changes: dict[str, Any], detail: str) -> None:
    written.write(**changes).fails("DC-23", detail)


def test_DC_24_quality_assurance_is_named(written: Written) -> None:
    written.write(qa_type="").fails(
        "DC-24", "The quality assurance underpinning the award is not chosen."
    )


def test_DC_24_monitoring_plan(written: Written) -> None:
    written.write(indicators=[]).fails("DC-24", "No indicator is named.")
    for missing in ("source", "owner", "frequency"):
        written.part("indicators", 1, **{missing: ""}).fails(
            "DC-24",
            "The indicator “Rata de finalizare” has no source, owner or frequency.",
        )


SHORT = "6 months of validity; a re-evaluation is submitted 6 months before the end, "
VALIDITY = {None: "The proposed validity is missing."}
VALIDITY |= {61: "61 months of validity; at most 60."}
VALIDITY |= {6: f"{SHORT}so the period must be longer than that."}


def test_DC_24_validity_keeps_its_limits(written: Written) -> None:
    for months, sentence in VALIDITY.items():
        written.write(validity_months=months).fails("DC-24", sentence)


def test_DC_25_regulated_profession(written: Written) -> None:
    opinion = {"profession_opinion": "Favourable, 3/2026."}
    authority = {"profession_authority": "Order of Nurses"}
    written.write(regulated_profession=True, **opinion).fails(
        "DC-25", "The competent authority is not named."
    )
    written.write(regulated_profession=True, **authority).fails(
        "DC-25", "The opinion of the authority is missing."
    )
    written.write(regulated_profession=True, **opinion, **authority)
    assert written.found() == []


@pytest.mark.parametrize(
    "uri", ["", "https://example.org/skill", f"{ESCO}/more", ESCO[:-1]]
)
def test_DC_26_esco_skills(written: Written, uri: str) -> None:
    written.part("outcomes", 3, esco_uri=uri).fails(
        "DC-26", "Outcome 3 has no ESCO skill URI."
    )


def test_DC_27_offers_of_the_same_field_are_answered(written: Written) -> None:
    other = STAGES["in_force"](story("LIT-JUR", "Vecină")).procedure.micro_credential
    written.fails("DC-27", f"{other.case.number} “Vecină (EN)” is of the same field.")

    def answer(text: str) -> list[tuple[str, str]]:
        with written.story.now():
            drafting.answer_overlap(
                version=written.version,
                other=other,
                answer=text,
                by=written.story.author,
            )
        return written.found()

    assert [code for code, _detail in answer(" ")] == ["DC-27"]
    assert answer("Other outcomes, other learners.") == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "{} “Vecină (EN)” is of the same field."),
        ("ro", "{} „Vecină” ține de același domeniu."),
    ],
)
def test_DC_27_names_the_other_offer_in_the_language_of_the_reader(
    written: Written, language: str, sentence: str
) -> None:
    other = STAGES["in_force"](story("LIT-JUR", "Vecină")).procedure.micro_credential

    with translation.override(language):
        found = written.found()

    assert found == [("DC-27", sentence.format(other.case.number))]


def test_DC_27_looks_at_other_offers_of_the_same_field_in_force(
    written: Written,
) -> None:
    other = STAGES["in_force"](story("LIT-JUR", "Vecină"))
    assert written.write(isced="0311").found() == []

    Accreditation.objects.filter(pk=other.period().pk).update(
        status="expired", ended_on=other.day
    )
    assert written.write().found() == []


def test_DC_28_issuing_and_verification(written: Written) -> None:
    written.write(issuing_format="").fails(
        "DC-28", "The form of the award is not chosen."
    )
    written.write(verification_method="").fails(
        "DC-28", "How anyone verifies an award is not stated."
    )


@pytest.mark.parametrize("stage", ["reevaluation"])
def test_DC_01_and_DC_27_leave_out_the_offer_itself(
    written: Written, stage: str
) -> None:
    renewed = STAGES[stage](story("LIT-JUR", "Reînnoită"))

    with clock.at(instant(renewed.day)):
        codes = [f.check.code for f in design_checks.run(renewed.version)]
    assert "DC-01" not in codes
    assert "DC-27" not in codes
