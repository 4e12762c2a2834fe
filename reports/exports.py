"""What an agency is handed of one procedure: register, dossier and letter together."""

from qa.enums import ActKind
from qa.models import Decision, Procedure, User
from reports import queries, registers, services
from reports.models import IssuedLetter


def papers_of(procedure: Procedure, *, reader: User, language: str) -> dict[str, bytes]:
    """File name -> bytes: the register as it stands, the dossier, the stored letter.

    Raises `Decision.DoesNotExist` before a decision and `IssuedLetter.DoesNotExist`
    before its letter was issued.
    """
    letter = IssuedLetter.objects.get(decision=deciding_act(procedure))
    return {
        "register.xlsx": registers.workbook(queries.register_rows(), language),
        "dossier.pdf": services.dossier(
            procedure=procedure, reader=reader, language=language
        ),
        "decision-letter.pdf": bytes(letter.content),
    }


def deciding_act(procedure: Procedure) -> Decision:
    """The carried decision that gave the procedure its outcome."""
    return procedure.decisions.filter(
        kind=ActKind.DECISION, is_carried=True, outcome=procedure.outcome
    ).earliest("recorded_at")
