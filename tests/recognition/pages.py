"""Opening a page as somebody, sending its form, reading its words."""

from django.test import Client
from django.urls import reverse
from lxml import html


def page(user, name, *args, **query):
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"recognition:{name}", args=args), query)


def send(user, name, *args, **said):
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"recognition:{name}", args=args), said)


def words(response):
    tree = html.fromstring(response.content)
    return " ".join(tree.find(".//main").text_content().split())


def fill_in(response):
    """What the forms of a page would send as they stand."""
    tree = html.fromstring(response.content)
    form = tree.xpath("//main//form[.//button]")[-1]
    return {k: v for k, v in form.form_values() if k != "csrfmiddlewaretoken"}
