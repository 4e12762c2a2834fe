"""The 28 design checks: the worked example passes, one change fails exactly one.

The severities are the catalogue's: what blocks stops a submission whatever is written,
what warns stops it until a justification is stored.
"""

import copy
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_django
from django.db import transaction

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import instant
from qa import clock, design_checks
from qa.models import (
    Accreditation,
    ActionVerb,
    Institution,
    Procedure,
)
from qa.services import drafting
from tests.qa.written import BLOCKS, SEVERITIES, WARNS, Written
from tests.stages import STAGES, Stage, build, proposal, story

pytestmark = pytest.mark.django_db
ESCO = "http://data.europa.eu/esco/skill/2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f"


@pytest.fixture(scope="module")
def draft(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Stage]:
    """A drafted procedure, in a transaction that the module undoes at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(("draft",))["draft"]
        transaction.set_rollback(True)


@pytest.fixture
def written(draft: Stage) -> Written:
    procedure = Procedure.objects.get(pk=draft.procedure_id)
    told = OfferStory.resume(procedure, draft.day)
    return Written(told, proposal()).write()


def test_catalogue_is_complete_and_its_severities_are_the_fields() -> None:
    assert {
        check.code: BLOCKS if check.blocks else WARNS for check in design_checks.ALL
    } == SEVERITIES


def test_worked_example_passes_every_check(written: Written) -> None:
    assert written.found() == []
    assert written.stops() == ()


def test_DC_01_title_in_both_languages_borne_once(written: Written) -> None:
    written.write(title_ro="").fails("DC-01", "The Romanian title is missing.")
    written.write(title_en="").fails("DC-01", "The English title is missing.")
    written.write()

    with written.story.now(9):
        twin = story("LIT-JUR", "Punți").propose()
    number = twin.procedure.micro_credential.case.number
    twin.write(("title_ro", "title_en"))
    written.write(title_ro="punți").fails(
        "DC-01", f"{number} already bears the title “Punți”."
    )
    written.write(title_en="PUNȚI (EN)").fails(
        "DC-01", f"{number} already bears the title “Punți (EN)”."
    )


@pytest.mark.parametrize("language", ["ro", "en"])
def test_DC_01_summary_in_both_languages(written: Written, language: str) -> None:
    written.write(**{f"summary_{language}": ""}).fails(
        "DC-01", "The summary is missing in one of the languages."
    )


def test_DC_01_title_of_a_retired_offer_is_free(written: Written) -> None:
    retired = STAGES["in_force"](story("LIT-JUR", "Punți vechi"))
    written.write(title_ro="Punți vechi", isced="0311")
    number = retired.procedure.micro_credential.case.number
    taken = ("DC-01", f"{number} already bears the title “Punți vechi”.")
    assert taken in written.found()

    Accreditation.objects.filter(pk=retired.period().pk).update(
        status="expired", ended_on=retired.day
    )

    assert written.found() == []


def test_DC_02_awarding_body_with_name_country_identifier(written: Written) -> None:
    written.write(awarding_bodies=[]).fails("DC-02", "No awarding body is named.")
    written.write()

    partner = Institution.objects.filter(code="PT-LUM")
    partner.update(country="")
    written.fails("DC-02", "PT-LUM has no legal name or country.")
    partner.update(country="PT", name_en="")
    written.fails("DC-02", "PT-LUM has no legal name or country.")
    partner.update(name_en="Universidade de Lumiar")

    Institution.objects.filter(code="UVD").update(identifier="")
    written.fails("DC-02", "Danube Valley University has no identifier.")


def test_DC_03_awarding_institutions_accredited_at_the_start(written: Written) -> None:
    written.write(planned_start=None).fails("DC-03", "The planned start is missing.")
    written.write(planned_start="2032-08-01").fails(
        "DC-03", "Danube Valley University is not accredited on 01.08.2032."
    )
    written.write(planned_start="2032-07-31")
    assert written.found() == []

    partner = Institution.objects.get(code="PT-LUM")
    partner.accreditations.update(kind="provisional")
    assert written.found() == []
    partner.accreditations.all().delete()
    written.fails("DC-03", "Universidade de Lumiar is not accredited on 31.07.2032.")


def test_DC_03_other_providers_need_an_institution_that_awards(
    written: Written,
) -> None:
    company = Institution.objects.filter(code="PT-LUM")
    company.update(is_higher_education=False)
    company.get().accreditations.all().delete()
    assert written.found() == []

    written.write(awarding_bodies=["PT-LUM"]).fails(
        "DC-03", "No awarding body is a higher education institution."
    )


@pytest.mark.parametrize(
    ("count", "details"),
    [
        (2, ["There are 2 outcomes; 3 to 8 are expected."]),
        (3, []),
        (8, []),
        (9, ["There are 9 outcomes; 3 to 8 are expected."]),
    ],
)
def test_DC_04_three_to_eight_outcomes(
    written: Written, count: int, details: list[str]
) -> None:
    outcomes = (written.data["outcomes"] * 2)[:count]
    components = copy.deepcopy(written.data["components"])
    components[0]["outcomes"] = list(range(1, count + 1))
    for component in components[1:]:
        component["outcomes"] = []
    written.write(outcomes=outcomes, components=components)

    if details:
        written.fails("DC-04", *details)
    else:
        assert written.found() == []


@pytest.mark.parametrize(
    ("language", "text", "detail"),
    [
        ("en", "Understand consortia.", "Outcome 2 begins with “understand” (EN)."),
        ("en", "Know the instruments.", "Outcome 2 begins with “know” (EN)."),
        ("en", "Be aware of consortia.", "Outcome 2 begins with “be” (EN)."),
        ("en", "Consortia and budgets.", "Outcome 2 begins with “consortia” (EN)."),
        ("ro", "Cunoaște consorțiile.", "Outcome 2 begins with “cunoaște” (RO)."),
        ("ro", "Înțelege consorțiile.", "Outcome 2 begins with “înțelege” (RO)."),
    ],
)
def test_DC_04_outcomes_begin_with_an_action_verb(
    written: Written, language: str, text: str, detail: str
) -> None:
    written.part("outcomes", 2, **{f"text_{language}": text}).fails("DC-04", detail)


def test_DC_04_verbs_are_reference_data(written: Written) -> None:
    written.part("outcomes", 2, text_en="Befriend a consortium.")
    ActionVerb.objects.create(language="en", verb="befriend", is_weak=False)

    assert written.found() == []


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        (
            {"eqf_level": None, "qf_ehea_cycle": ""},
            "Neither a level nor a reason for having none is given.",
        ),
        (
            {"eqf_level": None, "level_reason": "Prepares for several levels."},
            "A cycle is chosen although no level applies.",
        ),
        ({"eqf_level": 7}, "EQF level 7 does not fit the cycle chosen."),
        ({"eqf_level": 4}, "EQF level 4 does not fit the cycle chosen."),
        ({"qf_ehea_cycle": ""}, "EQF level 6 does not fit the cycle chosen."),
    ],
)
def test_DC_05_level_and_cycle(
    written: Written, changes: dict[str, Any], detail: str
) -> None:
    written.write(**changes).fails("DC-05", detail)


@pytest.mark.parametrize(
    ("level", "cycle"),
    [
        *((level, "") for level in (1, 2, 3, 4)),
        (5, "short"),
        (6, "first"),
        (7, "second"),
        (8, "third"),
        (None, ""),
    ],
)
def test_DC_05_cycle_that_fits(written: Written, level: int | None, cycle: str) -> None:
    written.write(
        eqf_level=level, qf_ehea_cycle=cycle, level_reason="" if level else "None fits."
    )
    assert written.found() == []


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"workload_hours": None}, "The workload in hours is missing."),
        ({"ects": None}, "Neither credits nor a reason for having none is given."),
        ({"ects": "0"}, "0.0 ECTS does not lie between 0 and 60."),
        (
            {"ects": "60", "workload_hours": 1500, "contact_hours": 1205},
            "60.0 ECTS does not lie between 0 and 60.",
        ),
    ],
)
def test_DC_06_workload_and_credits(
    written: Written, changes: dict[str, Any], detail: str
) -> None:
    written.write(**changes).fails("DC-06", detail)


def test_DC_06_offers_without_credits_give_a_reason(written: Written) -> None:
    written.write(ects=None, no_credit_reason="A short course for the public.")
    assert written.found() == []


@pytest.mark.parametrize(
    ("ects", "details"),
    [
        ("13", ["31.2 hours for a credit; 25 to 30 are allowed."]),
        ("14", []),
        ("16", []),
        ("17", ["23.8 hours for a credit; 25 to 30 are allowed."]),
    ],
)
def test_DC_07_hours_for_each_credit(
    written: Written, ects: str, details: list[str]
) -> None:
    written.write(ects=ects)

    if details:
        written.fails("DC-07", *details)
    else:
        assert written.found() == []


def test_DC_07_range_is_the_rule_sets(written: Written) -> None:
    rules = written.version.procedure.rule_set
    type(rules).objects.filter(pk=rules.pk).update(hours_per_ects_min=28)

    written.fails("DC-07", "27.0 hours for a credit; 28 to 30 are allowed.")


@pytest.mark.parametrize(
    "part",
    ["contact_hours", "individual_study_hours", "practice_hours", "assessment_hours"],
)
def test_DC_08_breakdown_sums_to_the_workload(written: Written, part: str) -> None:
    written.write(**{part: written.data[part] + 1}).fails(
        "DC-08", "The breakdown sums to 406 of 405 hours."
    )


def test_DC_09_whole_credits(written: Written) -> None:
    written.write(ects="14.5").fails("DC-09", "14.5 ECTS is not a whole number.")


@pytest.mark.parametrize("code", ["", "031"])
def test_DC_10_detailed_field(written: Written, code: str) -> None:
    written.write(isced=code).fails("DC-10", "No detailed ISCED-F field is chosen.")


def test_DC_11_every_outcome_is_assessed(written: Written) -> None:
    written.part("components", 1, outcomes=[1]).fails(
        "DC-11", "Outcome 2 is not assessed."
    )


@pytest.mark.parametrize("language", ["ro", "en"])
def test_DC_11_outcomes_stand_in_both_languages(
    written: Written, language: str
) -> None:
    written.part("outcomes", 2, **{f"text_{language}": ""}).fails(
        "DC-11", f"Outcome 2 has no text ({language.upper()})."
    )


@pytest.mark.parametrize("missing", ["criteria", "pass_rule"])
def test_DC_11_components_have_criteria_and_pass_rule(
    written: Written, missing: str
) -> None:
    written.part("components", 2, **{missing: ""}).fails(
        "DC-11", "Component 2 lacks criteria or a pass rule."
    )


@pytest.mark.parametrize("weight", [29, 31])
def test_DC_11_weights_sum_to_100(written: Written, weight: int) -> None:
    written.part("components", 1, weight=weight).fails(
        "DC-11", f"The weights sum to {70 + weight}, not to 100."
    )


def test_DC_12_attendance_is_not_the_only_assessment(written: Written) -> None:
    attended = [
        row | {"type": "attendance"}
        for row in copy.deepcopy(written.data["components"])
    ]
    detail = "Nothing but attendance is assessed."
    written.write(components=attended).fails("DC-12", detail)

    weightless = attended[0] | {"type": "quiz", "weight": 0}
    written.write(components=[*attended, weightless]).fails("DC-12", detail)

    attended[2]["type"] = "oral_examination"
    assert written.write(components=attended).found() == []


def test_DC_13_supervision_and_identity(written: Written) -> None:
    written.write(supervision="").fails(
        "DC-13", "Supervision and identity verification are not set."
    )
    unseen = {"supervision": "unsupervised_no_id", "participation_form": "online"}
    written.write(**unseen).fails(
        "DC-13", "Online, unsupervised, no identity check, and bearing credits."
    )
    written.write(**unseen, ects=None, no_credit_reason="For the public.")
    assert written.found() == []
    assert written.write(supervision="unsupervised_no_id").found() == []


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"participation_form": ""}, "The form of participation is not chosen."),
        ({"languages": []}, "No language is named."),
        ({"duration_weeks": None}, "The duration is missing."),
        ({"locations": ""}, "No location is named."),
    ],
)
def test_DC_14_delivery(written: Written, changes: dict[str, Any], detail: str) -> None:
    written.write(**changes).fails("DC-14", detail)


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
