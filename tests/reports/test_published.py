"""What domain and law want told: departures, remedies, extensions, the teach-out."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from config import marks
from qa import clock
from qa.days import in_short as day_words
from qa.enums import ActKind, Role
from qa.models import ConditionExtension, Decision, LetterTemplate, Procedure, User
from reports import queries, registers, services
from reports.words import day_long
from tests.guards.trial import resume, update
from tests.reports.reading import lifted, text_of

pytestmark = pytest.mark.django_db
WHY_RO = "Senatul cere un lucru în plus față de comisie."
WHY = "The senate asks for one thing more than the panel."


@pytest.fixture
def decided(stages):
    return Procedure.objects.get(pk=stages["in_force"].procedure_id)


@pytest.fixture
def secretary():
    return User.objects.filter(appointments__role=Role.SENATE_SECRETARY).first()


@pytest.fixture
def departed(decided):
    """The senate's decision, as if it had departed from the proposal."""
    act = decided.decisions.get(kind=ActKind.DECISION, is_carried=True)
    with lifted():
        Decision.objects.filter(pk=act.pk).update(
            departs_from_proposal=True,
            departure_reasons_ro=WHY_RO,
            departure_reasons_en=WHY,
            hearing_on=act.decided_on,
        )
    return Decision.objects.get(pk=act.pk)


def dossier(procedure, reader):
    return text_of(services.dossier(procedure=procedure, reader=reader, language="en"))


# A departure from the proposal


def test_a_letter_says_why_it_departs_in_both_halves(departed, secretary):
    issued = services.issue_letter(decision=departed, by=secretary)

    text = text_of(bytes(issued.content))
    assert (text.count(WHY_RO), text.count(WHY)) == (1, 1)
    assert "De ce hotărârea se abate de la propunere" in text
    assert "Why the decision departs from the proposal" in text


def test_words_loaded_before_departures_were_told_still_make_a_letter(
    departed, secretary
):
    for template in LetterTemplate.objects.all():
        template.wording_ro.pop("departure")
        template.wording_en.pop("departure")
        template.save()

    issued = services.issue_letter(decision=departed, by=secretary)

    text = text_of(bytes(issued.content))
    assert (text.count(WHY_RO), text.count(WHY)) == (1, 1)


def test_a_letter_that_follows_the_proposal_says_nothing_of_it(decided, secretary):
    act = decided.decisions.get(kind=ActKind.DECISION, is_carried=True)

    issued = services.issue_letter(decision=act, by=secretary)

    assert "departs" not in text_of(bytes(issued.content))


def test_the_register_publishes_the_departure(client, decided, departed):
    number = f"{decided.micro_credential.case.number}-v{decided.version.number}"

    page = client.get(reverse("reports:register_entry", args=[number])).content.decode()

    assert WHY in page


def test_a_letter_is_the_notice_from_which_its_remedy_runs(
    client, decided, secretary, settings
):
    settings.ATESTA_DEMO = True
    act = decided.decisions.get(kind=ActKind.DECISION, is_carried=True)
    assert "May be challenged until" not in dossier(decided, secretary)

    issued = services.issue_letter(decision=act, by=secretary)

    last = clock.add_days(clock.today(), act.remedy_days)
    assert (issued.notified_on, issued.remedy_until) == (clock.today(), last)
    text = text_of(bytes(issued.content))
    assert (
        f"Last day of the term, this letter being the notification: {day_long(last, 'en')}"
        in text
    )
    assert (
        f"comunicarea fiind făcută prin această scrisoare: {day_long(last, 'ro')}"
        in text
    )
    assert f"May be challenged until {day_words(last)}" in dossier(decided, secretary)
    client.force_login(secretary)
    page = client.get(reverse("reports:letter", args=[act.pk])).content.decode()
    assert day_words(last) in page


def test_words_loaded_before_the_last_day_was_told_still_make_a_letter(
    decided, secretary
):
    for template in LetterTemplate.objects.all():
        template.wording_en.pop("remedy_until", None)
        template.save()
    act = decided.decisions.get(kind=ActKind.DECISION, is_carried=True)

    issued = services.issue_letter(decision=act, by=secretary)

    assert issued.remedy_until is not None
    assert "Last day of the term" not in text_of(bytes(issued.content))


# The dossier


def test_a_dossier_holds_justifications_remedies_and_their_terms(decided, secretary):
    text = dossier(decided, secretary)

    for answer in decided.version.justifications.all():
        assert f"{answer.check_code} " in text
        assert " ".join(answer.text.split()) in text
    act = decided.decisions.get(kind=ActKind.DECISION, is_carried=True)
    assert act.remedy_en in text
    assert f"Term to appeal in days {act.remedy_days}" in text


def test_a_dossier_says_why_a_condition_was_extended(decided, secretary):
    condition = decided.decisions.get(kind=ActKind.DECISION).conditions.get()
    ConditionExtension.objects.create(
        condition=condition,
        deadline=condition.deadline + timedelta(days=30),
        reason="The laboratory opens later.",
        granted_at=clock.now(),
        granted_by=secretary,
    )

    text = dossier(decided, secretary)
    assert "The laboratory opens later." in text
    assert " ".join(condition.consequence_en.split()) in text


@pytest.mark.parametrize("reader", ["secretary", "coordinator"])
def test_a_dossier_says_how_an_accreditation_was_extended_and_ends(
    decided, secretary, reader
):
    people = {"secretary": secretary, "coordinator": decided.coordinator}
    update(
        decided.accreditation,
        extension_opened_at=clock.now(),
        extension_opened_by=secretary,
        extension_reason="TIMELY_APPLICATION",
        extended_until=date(2032, 3, 31),
        withdrawn_on=date(2032, 3, 1),
        last_enrolment_on=date(2032, 3, 2),
        last_assessment_on=date(2032, 7, 4),
        teach_out_contact="Secretariat of the faculty",
        transfer_options_ro="Oferta înrudită îi preia.",
        transfer_options_en="The sister offer takes them over.",
    )

    text = dossier(Procedure.objects.get(pk=decided.pk), people[reader])

    for part in (
        "extended until the timely re-evaluation is decided",
        "Extended until 31 Mar 2032",
        "1 Mar 2032",
        "2 Mar 2032",
        "4 Jul 2032",
        "Secretariat of the faculty",
        "The sister offer takes them over.",
    ):
        assert part in text


# The register


def test_an_entry_changed_when_its_extension_was_given_an_end(stages):
    told = resume(stages, "reevaluation")
    period = told.procedure.renews
    day = period.valid_to + timedelta(days=40)
    entry = queries.register_entries().filter(pk=period.procedure_id)
    (before,) = queries.rows_of(entry)
    update(
        told.procedure,
        status="decided",
        outcome="rejected",
        decided_on=day,
        first_submitted_on=period.filing_by,
        submitted_at=clock.now(),
        submitted_by=told.coordinator,
        registry_number="9/2030",
    )

    update(period, extended_until=day)

    (after,) = queries.rows_of(entry)
    assert before.changed_on < day
    assert (after.changed_on, after.valid_to) == (day, day)


@pytest.fixture
def withdraw(decided):
    def to(status, day, **more):
        update(
            decided.accreditation,
            status=status,
            withdrawal=decided.decisions.get(kind=ActKind.DECISION, is_carried=True),
            withdrawn_on=day,
            last_enrolment_on=day + timedelta(days=1),
            last_assessment_on=day + timedelta(days=99),
            teach_out_contact="Secretariat of the faculty",
            transfer_options_ro="Oferta înrudită îi preia.",
            transfer_options_en="The sister offer takes them over.",
            **more,
        )
        entry = queries.register_entries().filter(pk=decided.pk)
        (row,) = queries.rows_of(entry)
        return row

    return to


def read(client, row):
    """The list and the entry as anybody reads them."""
    listed = client.get(reverse("reports:register")).content.decode()
    entry = reverse("reports:register_entry", args=[row.number])
    return listed, client.get(entry).content.decode()


def test_the_register_says_when_a_withdrawal_ended_it_and_how_learners_finish(
    client, decided, withdraw
):
    granted = decided.accreditation.valid_to
    day = decided.accreditation.valid_from + timedelta(days=200)
    row = withdraw("withdrawn", day, ended_on=day)

    listed, entry = read(client, row)

    assert (row.valid_to, row.changed_on) == (day, day)
    told = [day_words(day + timedelta(days=n)) for n in (0, 1, 99)]
    for page in (listed, entry):
        assert all(words in page for words in told)
    assert f"granted until {day_words(granted)}" in entry
    assert "The sister offer takes them over." in entry
    assert "Secretariat of the faculty" not in listed + entry


def test_a_withdrawal_to_come_leaves_the_validity_as_it_is(client, decided, withdraw):
    granted = decided.accreditation.valid_to
    row = withdraw("in_force", decided.accreditation.valid_from + timedelta(days=200))

    _listed, entry = read(client, row)

    assert row.valid_to == granted
    assert f"It will be withdrawn on {day_words(row.withdrawn_on)}." in entry


def test_the_register_says_that_a_period_past_its_end_is_extended(
    client, decided, secretary
):
    words = "In force, extended until decided"
    update(
        decided.accreditation,
        extension_opened_at=clock.now(),
        extension_opened_by=secretary,
        extension_reason="TIMELY_APPLICATION",
    )
    entry = queries.register_entries().filter(pk=decided.pk)

    (row,) = queries.rows_of(entry)
    assert all(words in page for page in read(client, row))
    update(secretary, is_demo=False)
    client.force_login(secretary)
    assert words in client.get(reverse("qa:micro_credential_list")).text
    assert json.loads(registers.json_text([row], "en"))["entries"][0]["status"] == words
    assert f'"{words}"' in registers.csv_text([row], "en")

    update(decided.accreditation, extended_until=date(2032, 3, 31))
    (row,) = queries.rows_of(entry)
    listed, page = read(client, row)
    assert words not in listed + page
    assert "31 Mar 2032" in page


def test_an_entry_names_its_languages_in_the_readers_words(client, stages, decided):
    (row,) = queries.rows_of(queries.register_entries().filter(pk=decided.pk))

    _listed, entry = read(client, row)
    client.cookies["django_language"] = "ro"
    _listed, romanian = read(client, row)

    for language in decided.version.languages.all():
        assert language.name_en in entry
        assert language.name_ro in romanian


def test_an_approval_waits_in_the_same_colour_everywhere(client, stages):
    approved = stages["approved"].procedure_id
    rows = queries.rows_of(queries.register_entries().filter(pk=approved))

    _listed, entry = read(client, rows[0])

    mark = marks.mark_of("approved", "accreditation")
    assert f"stamp-{mark.tone}" in entry
