"""The last day to answer a request to resubmit, for those decided before too."""

import calendar
from datetime import date

from django.db import migrations, models


def _months_after(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def fill(apps, schema_editor):
    procedures = apps.get_model("qa", "Procedure").objects.filter(outcome="resubmit")
    for procedure in procedures.select_related("rule_set").iterator():
        procedure.resubmit_until = _months_after(
            procedure.decided_on, procedure.rule_set.resubmit_months
        )
        procedure.save(update_fields=["resubmit_until"])


class Migration(migrations.Migration):
    dependencies = [("qa", "0002_tables")]

    operations = [
        migrations.AddField(
            model_name="procedure",
            name="resubmit_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="procedure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "resubmit"), _negated=True),
                    ("resubmit_until__isnull", False),
                    _connector="OR",
                ),
                name="qa_procedure_sent_back_has_its_term",
            ),
        ),
    ]
