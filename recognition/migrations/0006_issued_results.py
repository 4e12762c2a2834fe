import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recognition', '0005_credentials_at_the_door'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StatusList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('issuer', models.CharField(max_length=300)),
                ('address', models.URLField(max_length=400)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'status list',
                'verbose_name_plural': 'status lists',
            },
        ),
        migrations.CreateModel(
            name='IssuedResult',
            fields=[
                ('resolution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='result', serialize=False, to='recognition.recognitiondecision')),
                ('code', models.UUIDField(editable=False, unique=True)),
                ('status_index', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=400)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('issued_at', models.DateTimeField()),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('status_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='recognition.statuslist')),
            ],
            options={
                'verbose_name': 'issued result',
                'verbose_name_plural': 'issued results',
            },
        ),
        migrations.CreateModel(
            name='ResultWithdrawal',
            fields=[
                ('result', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='withdrawal', serialize=False, to='recognition.issuedresult')),
                ('reason', models.TextField(verbose_name='why')),
                ('withdrawn_at', models.DateTimeField()),
                ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'withdrawal of a result',
                'verbose_name_plural': 'withdrawals of results',
            },
        ),
        migrations.AddConstraint(
            model_name='issuedresult',
            constraint=models.UniqueConstraint(fields=('status_list', 'status_index'), name='recognition_issuedresult_one_bit_each'),
        ),
        migrations.AddConstraint(
            model_name='issuedresult',
            constraint=models.CheckConstraint(condition=models.Q(('status_index__lt', 131072)), name='recognition_issuedresult_bit_is_in_the_list'),
        ),
        migrations.AddConstraint(
            model_name='resultwithdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='recognition_resultwithdrawal_has_reason'),
        ),
    ]
