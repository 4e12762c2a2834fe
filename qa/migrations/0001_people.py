import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('qa', '0001_initial')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Institution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True)),
                ('name_ro', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200)),
                ('country', models.CharField(max_length=2)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('identifier', models.CharField(blank=True, help_text='DEQAR or ETER', max_length=80)),
                ('web_domain', models.CharField(blank=True, max_length=120)),
                ('is_higher_education', models.BooleanField(default=True)),
                ('is_own', models.BooleanField(default=False)),
                ('letterhead_ro', models.TextField(blank=True)),
                ('letterhead_en', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'institution',
                'verbose_name_plural': 'institutions',
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_own', True)), fields=('is_own',), name='qa_institution_one_is_own')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='qa.institution')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='qa.unit')),
                ('kind', models.CharField(choices=[('faculty', 'Faculty'), ('department', 'Department'), ('office', 'Office')], max_length=16)),
                ('name_ro', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200)),
            ],
            options={
                'verbose_name': 'unit',
                'verbose_name_plural': 'units',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('given_name', models.CharField(max_length=80, verbose_name='given name')),
                ('family_name', models.CharField(max_length=80, verbose_name='family name')),
                ('title', models.CharField(blank=True, max_length=40, verbose_name='academic title')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='qa.unit')),
                ('affiliation', models.CharField(blank=True, max_length=160, verbose_name='affiliation')),
                ('trained_on', models.DateField(blank=True, null=True, verbose_name='trained as reviewer on')),
                ('language', models.CharField(default='ro', max_length=2)),
                ('is_service', models.BooleanField(default=False)),
                ('is_demo', models.BooleanField(default=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_service', True)), fields=('is_service',), name='qa_user_one_is_service')],
            },
        ),
    ]
