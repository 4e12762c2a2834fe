"""manage.py demo_signins: whom the demo lets one be."""

from typing import Any

from django.core.management.base import BaseCommand

from config.sign_in import demo_people
from fixtures.demo.university import PASSWORD


class Command(BaseCommand):
    help = "Print the e-mail addresses of the demo people and their password."
    requires_system_checks = ()  # the web server looks at them at the same moment

    def handle(self, *args: Any, **options: Any) -> None:
        for person in demo_people():
            self.stdout.write(f"  {person.email:44} {person.does}")
        self.stdout.write(f"  password of everybody: {PASSWORD}")
