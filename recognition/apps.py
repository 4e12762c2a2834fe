"""The app of recognition; what it decided and verified is append-only."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "recognition"
    verbose_name = "Recognition"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models must be loaded first.
        from qa import triggers  # noqa: PLC0415
        from recognition import due, work  # noqa: PLC0415

        for table in (
            "recognition_verification",
            "recognition_recognitiondecision",
            "recognition_acceptedcomponent",
            "recognition_statuslist",
            "recognition_issuedresult",
            "recognition_resultwithdrawal",
            "recognition_credentialcheck",
            "recognition_lookup",
            "recognition_trustentry",
            "recognition_trustdecision",
        ):
            triggers.protect(table)
        due.register_rows()
        work.register_sources()
