"""A person whose phone speaks Spanish, without JavaScript: offered, pasted, read, and back in English."""

import pytest

from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.django_db(transaction=True)

POST = "El ejercicio cura la depresión. Running cures depression, honestly. You should all stop your tablets today."


def test_a_journey_in_spanish_without_script(open_page):
    page = open_page("/", javascript=False, locale="es-ES")
    page.click("text=Leer esta página en español")
    page.wait_for_url("**/es/?country=ES")

    page.click("button[type=submit]")
    assert "Primero pega las palabras de una publicación." in page.locator("[role=alert]").inner_text()

    page.fill("textarea", POST)
    page.click("button[type=submit]")
    page.wait_for_url("**/es/reports/**")
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.locator("h1").inner_text() == "Tu informe"
    assert page.locator(".strip a[href='tel:024']").count() == 1

    page.click("footer >> text=English")
    page.wait_for_url(lambda address: "/es/" not in address)
    assert page.locator("h1").inner_text() == "Your report"


@pytest.mark.parametrize("language", ["es", "cy"])
def test_longer_words_fit_and_the_pages_are_accessible(open_page, check_accessibility, language):
    page = open_page(f"/{language}/?country=GB", width=WIDTHS[0])
    found = check_accessibility(page)
    page.fill("textarea", POST)
    page.click("button[type=submit]")
    page.wait_for_url("**/reports/**")
    found += check_accessibility(page)

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[0]
