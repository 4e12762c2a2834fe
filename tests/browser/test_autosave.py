"""A page that saves itself never stands in the way of the person who writes."""

from playwright.sync_api import APIResponse, Browser, Route

from tests.browser.house import House
from tests.browser.people import fill, follow, press, screen, sign_in

COORDINATOR = "andrei.ionescu@uvd.example"


def test_a_button_pressed_while_the_page_saves_itself_loses_nothing(
    chromium: Browser, own_house: House
) -> None:
    with screen(chromium, own_house.address) as page:
        sign_in(page, COORDINATOR)
        page.goto("/micro-credentials/new/")
        fill(page, {"title_ro": "Salvat de două ori"})
        press(page, "main form.act button")
        follow(page, r"/sections/identity/$")
        saving: list[tuple[Route, APIResponse]] = []

        def hold(route: Route) -> None:
            """The page's own save is done, and its answer still on the way."""
            if route.request.headers.get("hx-request"):
                saving.append((route, route.fetch()))
            else:
                route.continue_()

        page.route("**/sections/identity/", hold)
        fill(page, {"title_en": "Saved twice"})
        page.locator("[name=title_en]").press("Tab")
        while not saving:
            page.wait_for_timeout(50)
        fill(page, {"summary_en": "Written meanwhile."})
        page.locator("#section button[name=next]").click(no_wait_after=True)
        for route, answer in saving:
            route.fulfill(response=answer)
        page.wait_for_url("**/sections/need/")
        page.unroute("**/sections/identity/")

        page.goto(page.url.replace("/need/", "/identity/"))
        assert page.locator("[name=title_en]").input_value() == "Saved twice"
        assert page.locator("[name=summary_en]").input_value() == "Written meanwhile."

        with page.expect_response("**/sections/identity/") as saved_by_itself:
            page.locator("[name=summary_ro]").press_sequentially("Încă se scrie")
        assert saved_by_itself.value.ok
        assert page.locator("[name=summary_ro]:focus").count() == 1
