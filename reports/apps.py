"""The app of everything that leaves."""

from django.apps import AppConfig

from qa import triggers


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        triggers.protect("reports_issuedletter")
