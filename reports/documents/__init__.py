"""Documents as PDF: data in, bytes out."""

from reports.documents.dossier import dossier
from reports.documents.letter import letter

__all__ = ["dossier", "letter"]
