from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):

    dependencies = [
        ('qa', '0003_list_indexes'),
        ('recognition', '0002_courses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='recognitionapplication',
            index=models.Index(Coalesce('due_on', 'limit_on'), models.F('case'), models.F('status'), models.F('applicant'), condition=models.Q(('final_at', None), ('submitted_at__isnull', False), ('withdrawn_at', None)), name='recognition_queue'),
        ),
    ]
