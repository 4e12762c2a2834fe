"""Why each field of a proposal is asked: the sentence below its label."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHY: dict[str, Promise] = {
    # Identity and award
    "title_ro": _("As it will stand in the register and on the award."),
    "title_en": _("As it will stand on the English side of the award."),
    "summary_ro": _("Two or three sentences for learners; the register shows them."),
    "summary_en": _("The same in English."),
    "scenario": _("Who stands behind the offer decides which partners must agree."),
    "awarding_bodies": _("The institutions whose names stand on the award."),
    "is_joint": _("A joint offer rests on a signed agreement between the partners."),
    "agreement_topics": _("The European Approach asks for these five."),
    "agreement_reference": _("So that a reader can find the signed paper."),
    "qa_type": _("It stands on every award; other institutions rely on it."),
    "issuing_format": _("It decides how a learner keeps and shows the award."),
    "verification_method": _("A code, a seal, a register: what anyone can check."),
    # Need and partners
    "target_group_ro": _("Who gains from it, and what they already bring."),
    "target_group_en": _("The same in English."),
    "need_statement": _("Which gap in work or study it closes."),
    "need_evidence": _("A study, a request, figures: name the source."),
    "need_evidence_on": _("Evidence older than two years asks for a reason."),
    "review_by": _("Content that ages fast needs an earlier look."),
    "regulated_profession": _("Some fields may be taught for practice only by leave."),
    "profession_authority": _("The body that governs the profession."),
    "profession_opinion": _("Its number and date, and what it says."),
    # Outcomes and assessment
    "supervision": _("Whether somebody knows who sat the assessment."),
    "assessment_setting": _("Online assessment asks for more care with identity."),
    "moderation_rule": _("Who looks at marks a second time, and when."),
    "resit_rule": _("How often, by when, at what cost."),
    "learner_appeal_route": _("Where a learner turns who disagrees with a mark."),
    "integrity_rules": _("Plagiarism, use of generative tools, what follows."),
    # Workload and level
    "ects": _("Leave empty for an offer without credits and say why below."),
    "no_credit_reason": _("Asked only where there are no credits."),
    "workload_hours": _("All the time of an average learner, in hours of 60 minutes."),
    "contact_hours": _("Teaching, on site or online."),
    "individual_study_hours": _("Reading, tasks, preparation."),
    "practice_hours": _("At work, in a laboratory, in the field."),
    "assessment_hours": _("Examinations, presentations, submissions."),
    "eqf_level": _("From 1 to 8; leave empty where none applies and say why."),
    "level_reason": _("Asked only where there is no level."),
    "qf_ehea_cycle": _("EQF 6 is the first cycle, 7 the second, 8 the third."),
    "nqf_level": _("In Romania the CNC level; usually the same number."),
    "isced": _("The detailed field, four digits; registers and statistics use it."),
    # Delivery and admission
    "participation_form": _("One of the words of EU Annex I."),
    "languages": _("In which it is taught and assessed."),
    "duration_weeks": _("From the first to the last day of an edition."),
    "locations": _("Towns and campuses; “online” where there is none."),
    "open_access": _("Anybody may enrol; nothing is asked before."),
    "entry_requirements_ro": _("What a learner must show before enrolling."),
    "entry_requirements_en": _("The same in English."),
    "admission_ro": _("Steps, dates, and what decides when places are few."),
    "admission_en": _("The same in English."),
    "contact_email": _("An address of the department, not of one person."),
    "public_page_url": _("Where learners read about it; needed before it starts."),
    "planned_start": _("Institutions must be accredited on this day."),
    # Resources and finance
    "rooms_and_labs": _("What is booked, and for how many learners."),
    "learning_platform": _("Which one, and who supports it."),
    "library": _("What learners can read, and how they reach it."),
    "accessibility_statement": _("What learners with disabilities can count on."),
    "needs_new_resources": _("If so, the Board of Administration gives an opinion."),
    "fee_amount": _("Write 0 where there is none."),
    "fee_currency": _("Three letters."),
    "refund_rule": _("Until when, and how much is returned."),
    "viability_note": _("From how many learners on it pays for itself."),
    # Recognition and stackability
    "stackability": _("Whether a larger qualification counts it."),
    "recognition_clause": _("Inside the institution and by partners."),
    # Monitoring and quality
    "quality_owner": _("The person or office that answers for it every year."),
    "validity_months": _("The rule set names the longest; fast fields take less."),
    # Rows of the repeating parts
    "esco_uri": _("http://data.europa.eu/esco/skill/ …, where one fits."),
    "criteria": _("What a good piece of work shows."),
    "pass_rule": _("From which result on it is passed."),
    "weight": _("All weights together make 100."),
    "held_on": _("The day they were asked."),
    "agreement_reference_of_owner": _("Number and date of the written agreement."),
}

# Words of the repeating parts: the button for one more row, and what a row is for.
ONE_MORE: dict[str, Promise] = {
    "outcomes": _("Add an outcome"),
    "components": _("Add a component"),
    "team": _("Add a teacher"),
    "consultations": _("Add a consultation"),
    "stacking_targets": _("Add a programme"),
    "indicators": _("Add an indicator"),
}
LEAD: dict[str, Promise] = {
    "outcomes": _(
        "Three to eight sentences that begin with an action verb: what a learner can do "
        "afterwards, and what an assessment can show."
    ),
    "components": _(
        "Each piece of assessment with its weight. Which outcomes it assesses is ticked "
        "in the table below."
    ),
    "team": _("Everybody who teaches; one of them coordinates."),
    "consultations": _(
        "Whom you asked while designing it, what they said, what became of it. Students "
        "and somebody from outside belong here."
    ),
    "stacking_targets": _(
        "Larger programmes that count this one, with their owner's written agreement."
    ),
    "indicators": _("What you will measure, where the figures come from, how often."),
}
