from django.db import migrations

# Who looks for free work asks by office; the engine's own indexes find every turn that
# was ever left to an office.
FREE_TURNS = """
CREATE INDEX qa_turn_open_by_office
ON viewflow_task (owner_permission, status, flow_task_type, created, id)
WHERE finished IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('qa', '0001_initial'),
        ('viewflow', '0015_task_scheduled'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProcedureProcess',
            fields=[
            ],
            options={
                'verbose_name': 'course of a procedure',
                'verbose_name_plural': 'courses of procedures',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('viewflow.process',),
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
            ],
            options={
                'verbose_name': 'turn',
                'verbose_name_plural': 'turns',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('viewflow.task',),
        ),
        migrations.RunSQL(FREE_TURNS, 'DROP INDEX qa_turn_open_by_office'),
    ]
