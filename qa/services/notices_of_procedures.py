"""What is told of a procedure: from its opening to the decision and what follows."""

from django.utils.translation import gettext_lazy as _

from qa import days
from qa.services import notice
from qa.services import recipients as to
from qa.services.notice import Notice

EVERYBODY_OF_IT = (to.proposers, to.deans_office, to.quality_office)

PROCEDURES: dict[str, Notice] = {
    "A01": Notice(
        (to.coordinator,),
        _("You coordinate a new proposal"),
        _(
            "You are named as its coordinator. Complete it with the authors and "
            "submit it once the head of department has signed."
        ),
    ),
    "sign_off": Notice(
        (to.coordinator,),
        _("Signed by the head of department"),
        _(
            "The proposal as it stands is signed and can be submitted. "
            "A change asks for a new signature."
        ),
    ),
    "A02": Notice(
        (to.proposers,),
        _("The proposal was given up"),
        _("The draft was given up before it was submitted; it stays readable."),
    ),
    "A03": Notice(
        (to.quality_office,),
        _("Submitted"),
        _("The proposal was submitted. Check it formally by %(day)s."),
        notice.next_act_due,
    ),
    "A04": Notice(
        (to.coordinator,),
        _("Returned for completion"),
        _(
            "The quality office found that something is missing; the list stands "
            "on the page of the proposal. Submit it again by %(day)s."
        ),
        notice.next_act_due,
    ),
    "allow_further_return": Notice(
        (to.quality_office,),
        _("Another return is agreed to"),
        _(
            "The commission's chair agrees that the proposal may be returned for "
            "completion once more."
        ),
    ),
    "A05": Notice(
        (to.quality_office,),
        _("Submitted again"),
        _(
            "The completed proposal was submitted. Check it formally by %(day)s; "
            "the page shows what was changed since the return."
        ),
        notice.next_act_due,
    ),
    "A07": Notice(
        (to.coordinator, to.deans_office),
        _("Formally eligible"),
        _(
            "The formal check is signed. The dean's office records the faculty "
            "council's vote on endorsing the proposal by %(day)s."
        ),
        notice.next_act_due,
    ),
    "A08": Notice(
        (to.coordinator, to.commission),
        _("Endorsed by the faculty council"),
        _(
            "The council supports the proposal. The commission's chair now "
            "nominates who sets up the panel."
        ),
    ),
    "A08n": Notice(
        (to.coordinator,),
        _("Not endorsed by the faculty council"),
        _(
            "The council does not support the proposal yet; its reasons stand on "
            "the page of the proposal. Submit it again by %(day)s."
        ),
        notice.next_act_due,
    ),
    "A12": Notice(
        (to.readers,),
        _("The report was begun"),
        _("The chair of the panel writes its report from the readings."),
    ),
    "A13": Notice(
        (to.proposers,),
        _("Draft report for the factual check"),
        _(
            "The panel sent its draft report. The coordinator corrects facts, or "
            "says that there is nothing to correct, by %(day)s; without a reply "
            "the panel goes on."
        ),
        notice.next_act_due,
        notice.report_page,
    ),
    "reply_to_report": Notice(
        (to.panel_chair,),
        _("The reply to the draft report is in"),
        _("Answer every remark and finalise the report by %(day)s."),
        notice.next_act_due,
        notice.report_page,
    ),
    "reply_term_over": Notice(
        (to.panel_chair,),
        _("Nobody replied to the draft report"),
        _("The term to reply is over. Finalise the report by %(day)s."),
        notice.next_act_due,
        notice.report_page,
    ),
    "A14": Notice(
        (to.proposers, to.who_gives_opinion_next),
        _("The report is final"),
        _(
            "The panel's report can be read with its answers to the remarks. "
            "The opinions on it come next, then the senate's decision."
        ),
        page=notice.report_page,
    ),
    "board_opinion": Notice(
        (to.commission_before_its_opinion,),
        _("The board gave its opinion"),
        _("Record the commission's opinion and refer the case for decision."),
    ),
    "A15": Notice(
        (to.coordinator, to.senate_secretary),
        _("Referred for decision"),
        _("The case is with the senate, which decides on it by %(day)s."),
        notice.next_act_due,
    ),
    "A16": Notice(
        EVERYBODY_OF_IT,
        _("The senate has decided"),
        _(
            "Outcome: %(outcome)s. The act with its reasons stands on the page of "
            "the procedure; its letter says what can be done against it."
        ),
        lambda procedure: {"outcome": procedure.get_outcome_display()},
    ),
    "set_withdrawal": Notice(
        EVERYBODY_OF_IT,
        _("The senate withdraws the accreditation"),
        _(
            "It ends on %(day)s. Learners finish by the teach-out plan; the last "
            "assessment is on %(last)s."
        ),
        lambda period: {
            "day": days.in_full(period.withdrawn_on),
            "last": days.in_full(period.last_assessment_on),
        },
        notice.offer_page,
    ),
    "C2": Notice(
        (to.commission,),
        _("Evidence on a condition was handed in"),
        _("Judge whether the condition is met."),
        page=notice.condition_page,
    ),
    "C3": Notice(
        (to.owner,),
        _("A condition is met"),
        _("The commission found the evidence sufficient."),
        page=notice.condition_page,
    ),
    "C4": Notice(
        (to.owner,),
        _("A condition is not met yet"),
        _(
            "The commission asks for more; what is missing stands on the page of "
            "the condition. Its term is %(day)s."
        ),
        notice.next_act_due,
        notice.condition_page,
    ),
    "extend": Notice(
        (to.owner,),
        _("The term of a condition was extended"),
        _("Show by %(day)s how it is met; there is no further extension."),
        notice.next_act_due,
        notice.condition_page,
    ),
}
