"""The app of quality assurance; it keeps the record's triggers in place."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class QaConfig(AppConfig):
    name = "qa"
    verbose_name = "Quality assurance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qa import addresses, checks, triggers  # noqa: PLC0415  models must be loaded first
        from qa.forms import numbers  # noqa: PLC0415  models must be loaded first

        post_migrate.connect(
            triggers.install_after_migrate, dispatch_uid="qa.triggers.install"
        )
        numbers.say_it_plainly()
        checks.register_checks()
        addresses.register()
