"""The 28 design checks: the worked example passes, one change fails exactly one.

Here those of DC-01 to DC-14. The severities are the catalogue's: what blocks stops a
submission whatever is written, what warns stops it until a justification is stored.
"""

import copy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qa import design_checks
from qa.models import (
    Accreditation,
    ActionVerb,
    Institution,
)
from tests.qa.written import BLOCKS, SEVERITIES, WARNS, Written
from tests.stages import STAGES, story

pytestmark = pytest.mark.django_db
STANDALONE: dict[str, Any] = {"stackability": "standalone", "stacking_targets": []}


def test_catalogue_is_complete_and_its_severities_are_the_fields() -> None:
    assert {
        check.code: BLOCKS if check.blocks else WARNS for check in design_checks.ALL
    } == SEVERITIES


def test_worked_example_passes_every_check(written: Written) -> None:
    assert written.found() == []
    assert written.stops() == ()


def test_of_what_is_not_written_nothing_is_said_to_hold(
    written: Written, client: Client, settings: Any
) -> None:
    """A blank draft: a rule that speaks of hours has nothing to look at yet."""
    settings.ATESTA_DEMO = True
    with written.story.now(9):
        blank = story("LIT-JUR", "Punți").propose()
    facts = design_checks.Facts(blank.version)
    client.force_login(blank.coordinator)

    with blank.now():
        address = reverse("qa:section_edit", args=[blank.procedure.pk, "workload"])
        shown = client.get(address).content.decode()

    silent = [one.code for one in design_checks.ALL if not one.concerns(facts)]
    assert silent == ["DC-07", "DC-08", "DC-09", "DC-12", "DC-21", "DC-25", "DC-26"]
    assert shown.count("nothing to check here yet") == 3
    assert "check-ok" not in shown


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


def test_DC_03_other_providers_are_pointed_at(
    written: Written, client: Client, settings: Any
) -> None:
    settings.ATESTA_DEMO = True
    assert written.noted() == []
    Institution.objects.filter(code="PT-LUM").update(is_higher_education=False)
    written.write(awarding_bodies=["PT-LUM", "UVD"])
    note = (
        "Universidade de Lumiar is not a higher education institution; the award rests "
        "on: Danube Valley University."
    )
    assert written.noted() == [("DC-03", note)]

    with written.story.now():
        client.force_login(written.story.author)
        pk = written.version.procedure_id
        page = client.get(reverse("qa:section_edit", args=[pk, "identity"]))
    assert note in page.text


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
        ("en", "Understand consortia.", "Outcome 2 rests on “understand” alone (EN)."),
        ("en", "Know, in time, the law.", "Outcome 2 rests on “know” alone (EN)."),
        ("en", "Be aware of it all.", "Outcome 2 rests on “be aware of” alone (EN)."),
        (
            "en",
            "Understand and know it.",
            "Outcome 2 rests on “understand” alone (EN).",
        ),
        ("en", "Be good and apply it.", "Outcome 2 begins with “be” (EN)."),
        ("en", "Consortia and budgets.", "Outcome 2 begins with “consortia” (EN)."),
        ("ro", "Cunoaște legea.", "Outcome 2 rests on “cunoaște” alone (RO)."),
        ("ro", "Înțelege consorțiile.", "Outcome 2 rests on “înțelege” alone (RO)."),
    ],
)
def test_DC_04_outcomes_begin_with_an_action_verb(
    written: Written, language: str, text: str, detail: str
) -> None:
    written.part("outcomes", 2, **{f"text_{language}": text}).fails("DC-04", detail)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Understand and apply the rules of consortia."),
        ("en", "Know the rules, and explain them."),
        ("en", "Be aware of risks, estimate them."),
        ("ro", "Cunoaște și aplică regulile consorțiilor."),
    ],
)
def test_DC_04_a_weak_verb_stands_beside_an_action_verb(
    written: Written, language: str, text: str
) -> None:
    written.part("outcomes", 2, **{f"text_{language}": text})

    assert written.found() == []


def test_DC_04_verbs_are_reference_data(written: Written) -> None:
    written.part("outcomes", 2, text_en="Befriend a consortium.")
    verb = ActionVerb.objects.create(language="en", verb="befriend", is_weak=False)
    assert written.found() == []

    ActionVerb.objects.filter(pk=verb.pk).update(is_weak=True)
    written.fails("DC-04", "Outcome 2 rests on “befriend” alone (EN).")


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
        (
            {"ects": None, **STANDALONE},
            "Neither credits nor a reason for having none is given.",
        ),
        ({"ects": "0", **STANDALONE}, "0.0 ECTS does not lie between 0 and 60."),
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
    reason = "A short course for the public."
    written.write(ects=None, no_credit_reason=reason, **STANDALONE)
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
    written.write(ects=ects, **STANDALONE)

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
    written.write(ects="14.5", **STANDALONE).fails(
        "DC-09", "14.5 ECTS is not a whole number."
    )


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
    public = {"ects": None, "no_credit_reason": "For the public.", **STANDALONE}
    assert written.write(**unseen, **public).found() == []
    unseen["participation_form"] = "blended"
    assert written.write(**unseen).found() == []
    written.write(**unseen, assessment_setting="online").fails(
        "DC-13", "Online, unsupervised, no identity check, and bearing credits."
    )


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
