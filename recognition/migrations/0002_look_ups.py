import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recognition', '0001_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='credentialcheck',
            name='look_up_asked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='credentialcheck',
            name='looks_up_for',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='looked_up_in', to='recognition.credentialcheck'),
        ),
        migrations.CreateModel(
            name='AskedHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=255)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'request to a host',
                'verbose_name_plural': 'requests to hosts',
                'indexes': [models.Index(fields=['host', 'at'], name='recognition_host_e14cbf_idx')],
            },
        ),
        migrations.CreateModel(
            name='LookUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.TextField()),
                ('url', models.TextField()),
                ('given_from', models.TextField(blank=True)),
                ('content', models.BinaryField(default=b'')),
                ('content_type', models.CharField(blank=True, max_length=100)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('sentence', models.TextField(blank=True)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('answered_at', models.DateTimeField()),
                ('of_check', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='look_ups', to='recognition.credentialcheck')),
            ],
            options={
                'verbose_name': 'look-up for a check',
                'verbose_name_plural': 'look-ups for checks',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['answered_at'], name='recognition_answere_da1c1b_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('sha256', ''), _negated=True), ('sentence', '')), models.Q(('sha256', ''), models.Q(('sentence', ''), _negated=True)), _connector='OR'), name='recognition_lookup_gave_something_or_says_why_not')],
            },
        ),
    ]
