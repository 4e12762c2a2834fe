from django.db import migrations


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
    ]
