"""What a web server serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from config.requests import only_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = only_utf8(get_wsgi_application())

# What is loaded by now stays for good: the collector need not walk through it again.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
