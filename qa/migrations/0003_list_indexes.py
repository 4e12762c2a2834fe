from django.db import migrations, models

# Who looks for free work asks by office; the engine's own indexes find every turn that
# was ever left to an office.
FREE_TURNS = """
CREATE INDEX qa_turn_open_by_office
ON viewflow_task (owner_permission, status, flow_task_type, created, id)
WHERE finished IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('qa', '0002_courses'),
        ('viewflow', '0015_task_scheduled'),
    ]

    operations = [
        migrations.RunSQL(FREE_TURNS, 'DROP INDEX qa_turn_open_by_office'),
        migrations.AddIndex(
            model_name='procedure',
            index=models.Index(fields=['decided_on', 'id', 'outcome'], name='qa_procedure_register'),
        ),
    ]
