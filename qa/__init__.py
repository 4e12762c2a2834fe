"""Quality assurance: people, standards, offers, procedures, accreditation, the record."""
