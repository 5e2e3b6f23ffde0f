"""The pages in Spanish and Welsh: by their address, without cookies and without script."""

import re

import pytest
from django.test import Client

from assessments.models import Assessment
from posts.front_door import new_submission
from posts.models import Post
from tests.factories import a_published_checklist, an_assessment, small_content
from tests.public_forms import SAME_ORIGIN, WORDS, send

pytestmark = pytest.mark.django_db

SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}


def page_of(answer):
    return answer.content.decode()


def send_in(language, client, post=WORDS, *, headers=SAME_ORIGIN):
    return client.post(f"/{language}/", {"post": post, "submission": new_submission()}, headers=headers)


@pytest.mark.parametrize(
    ("address", "language", "heading"),
    [
        ("/", "en-gb", "Check a post about mental health"),
        ("/es/", "es", "Comprueba una publicación sobre salud mental"),
        ("/cy/", "cy", "Gwirio postiad am iechyd meddwl"),
        ("/es/help/", "es", "Pedir ayuda"),
        ("/cy/help/", "cy", "Cael help"),
        ("/es/nothing/", "es", "Aquí no hay nada"),
        ("/cy/nothing/", "cy", "Does dim byd yma"),
    ],
)
def test_the_address_says_the_language(client, address, language, heading):
    for wanted in ("en-GB", "es", "cy"):
        answer = client.get(address, headers={"Accept-Language": wanted})

        assert f'<html lang="{language}" dir="ltr">' in page_of(answer)
        assert f"<h1>{heading}</h1>" in page_of(answer)
        assert answer["Content-Language"] == language


def test_no_language_sets_a_cookie_or_redirects(client, published):
    key = an_assessment().post.key
    addresses = ("/es/", "/cy/", f"/es/reports/{key}/", "/es/how-it-works/", "/cy/help/?country=US", "/es/nothing/")
    answers = [client.get(address, headers=SPANISH) for address in addresses]
    answers += [client.get("/", headers=SPANISH), send_in("es", client), send_in("es", client, "")]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 200, 404, 200, 302, 422]
    assert [answer.has_header("Set-Cookie") for answer in answers] == [False] * 9
    assert all("Accept-Language" in answer["Vary"] for answer in answers if answer.status_code != 302)


@pytest.mark.parametrize("address", ["/en/", "/en-gb/", "/de/", "/es/admin/"])
def test_there_are_no_other_languages_and_no_other_admin(client, address):
    assert client.get(address).status_code == 404


def test_a_cookie_that_names_a_language_changes_nothing(client):
    client.cookies["django_language"] = "es"

    assert '<html lang="en-gb"' in page_of(client.get("/"))


def test_the_staff_pages_stay_english(db):
    for address in ("/staff/sign-in/", "/admin/login/"):
        page = page_of(Client().get(address, headers=SPANISH, follow=True))

        assert "For people who work here" in page
        assert 'lang="en-GB"' in page


def test_the_same_page_in_another_language_is_a_link_away(client, published):
    key = an_assessment().post.key
    page = page_of(client.get(f"/es/reports/{key}/?country=GB"))

    links = re.findall(r'<a class="tap" href="([^"]+)" lang="([\w-]+)" hreflang="[\w-]+"(.*?)>(\w+)</a>', page)
    assert links == [
        (f"/reports/{key}/?country=GB", "en-gb", "", "English"),
        (f"/es/reports/{key}/?country=GB", "es", ' aria-current="true"', "Español"),
        (f"/cy/reports/{key}/?country=GB", "cy", "", "Cymraeg"),
    ]
    for address, language, *_ in links:
        assert f'<html lang="{language}"' in page_of(client.get(address))


def test_the_links_of_an_answer_to_a_form_can_be_followed(client, published):
    for answer in (send(client, ""), client.post("/how-it-works/"), client.post("/reports/nothing/assess/")):
        assert re.findall(r'href="([^"?]+)[^"]*" lang="es"', page_of(answer)) == ["/es/"]


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("es-MX,es;q=0.9,en;q=0.5", ["Leer esta página en español"]),
        ("cy,en-GB;q=0.5", ["Darllen y dudalen hon yn Gymraeg"]),
        ("fr,es;q=0.5", ["Leer esta página en español"]),
        ("en-GB,es;q=0.9", []),
        ("fr", []),
        ("", []),
        ("*;q=x,\x7f" * 50, []),
    ],
)
def test_the_language_of_the_browser_is_offered_at_the_top(client, wanted, offered):
    page = page_of(client.get("/help/?country=US", headers={"Accept-Language": wanted}))

    top = page.partition("<header")[0]
    assert re.findall(r'href="/\w+/help/\?country=US" lang="\w+" hreflang="\w+">([^<]+)</a>', top) == offered


def test_a_page_in_another_language_offers_none(client):
    assert "hreflang" not in page_of(client.get("/cy/", headers=SPANISH)).partition("<header")[0]


def test_a_post_leads_to_a_report_in_the_same_language(client, published):
    answer = send_in("es", client)

    post = Post.objects.get()
    page = page_of(client.get(answer["Location"]))
    assert (answer.status_code, answer["Location"]) == (302, f"/es/reports/{post.key}/")
    assert "<h1>Tu informe</h1>" in page
    assert "<h2>Compruébalo antes de confiar</h2>" in page
    assert "Resultado: 1 cosa con la que tener cuidado y ninguna buena señal." in " ".join(page.split())
    assert f"{Assessment.objects.get().created_at.year}</time>" in page
    assert re.search(r">\d+ de [a-z]+ de \d{4}</time>", page)


def test_words_of_the_checklist_are_marked_as_english_and_the_page_says_so_once(client, published):
    address = f"/es/reports/{an_assessment().post.key}/"
    page = page_of(client.get(address))

    assert page.count("Las palabras de nuestra lista y nuestros consejos están por ahora solo en inglés.") == 1
    assert '<span lang="en">There is a strong warning sign.</span>' in page
    assert '<span lang="en">Question C1-known-claims?</span>' in page
    assert "only in English so far" not in page_of(client.get(address.removeprefix("/es")))


@pytest.mark.parametrize("page", ["", "sources/", "versions/", "versions/2/"])
def test_what_is_said_of_the_checklist_is_in_the_language_of_the_page_and_its_words_are_english(client, page):
    a_published_checklist()
    content = small_content()
    content["levels"][0]["plain"] = "It may harm people."
    content["claims"][1] |= {"key": "swimming-cures-depression", "claim": "Swimming cures depression."}
    content["signals"][0]["patterns"].append("everyone says that you deserve to hurt yourself")
    a_published_checklist(content, note="More claims.")
    address = f"/how-it-works/{page}"
    spanish = page_of(client.get(f"/es{address}"))

    in_english = {
        "": ('<span lang="en">It may harm people.</span>', '<span lang="en">Any stop.</span>', ' lang="en">Question '),
        "sources/": ('<span lang="en">',),
        "versions/": ('<p lang="en">More claims.</p>',),
        "versions/2/": ('<li><span lang="en">Swimming cures depression.</span></li>', ' lang="en">More claims.</p>'),
    }
    translated = {
        "": "<strong>No te fíes de esto</strong>",
        "sources/": "La versión 2 de la lista de comprobación se apoya en estas fuentes",
        "versions/": "Versión 2 (en uso)</h2>",
        "versions/2/": "<li>Una señal que no describimos, para no dar ideas a nadie ",
    }
    assert spanish.count("están por ahora solo en inglés.") == 1
    assert [words for words in in_english[page] if words not in spanish] == []
    assert translated[page] in spanish
    assert "only in English so far" not in page_of(client.get(address))


@pytest.mark.parametrize(
    ("post", "status", "sentence"),
    [
        ("", 422, "Primero pega las palabras de una publicación. El cuadro está vacío."),
        ("https://example.org/post", 422, "No conocemos esta dirección"),
        ("https://instagram.com/p/abcdefghijk", 422, "Cómo copiar las palabras de Instagram"),
        ("ab " * 4_000, 422, "tiene 12\xa0000 caracteres y podemos leer 10\xa0000."),
        ("half \x00 a character", 422, "Algunos caracteres están dañados"),
    ],
)
def test_what_is_wrong_is_said_in_the_language_of_the_page(client, post, status, sentence):
    answer = send_in("es", client, post)

    assert answer.status_code == status
    assert sentence in page_of(answer)
    assert "<title>Error: " in page_of(answer)


def test_refusals_at_the_door_are_in_the_language_of_the_page(client, settings, published):
    settings.RATE_LIMIT_PER_ADDRESS = 0
    answers = [
        send_in("cy", client, headers={}),
        send_in("cy", client),
        client.put("/cy/"),
        client.post("/cy/", b"", content_type="text/plain", headers=SAME_ORIGIN),
    ]

    sentences = (
        "Ni ddaeth hyn o’n tudalen ni",
        "Rydyn ni’n cael gormod o bostiadau ar unwaith.",
        "Dechreua o’r dudalen gyntaf.",
        "Dim ond yr hyn sy’n cael ei anfon gyda’r ffurflen",
    )
    assert [answer.status_code for answer in answers] == [403, 429, 405, 422]
    assert [
        sentence for answer, sentence in zip(answers, sentences, strict=True) if sentence not in page_of(answer)
    ] == []
    assert answers[2]["Allow"] == "GET, HEAD, POST"


def test_one_request_leaves_no_language_to_the_next(client):
    client.get("/es/")
    client.get("/cy/nothing/")

    assert "Check a post about mental health" in page_of(Client().get("/"))


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "/es/help/?country=GB",
            'Llama al <a class="tap" href="tel:999">999</a> o <a class="tap" href="tel:112">112</a>.',
        ),
        ("/cy/?country=GB", 'anfona SHOUT drwy SMS i <a class="tap" href="sms:85258">85258</a>.'),
        ("/es/", "Llama al número de emergencias de tu país; el "),
        ("/es/help/?country=GB", "<h2>Reino Unido</h2>"),
        ("/cy/", '<option value="GB">Y Deyrnas Unedig</option>'),
    ],
)
def test_crisis_help_speaks_the_language_of_the_page(client, address, sentence):
    assert sentence in page_of(client.get(address))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("", "Y canlyniad: 1 peth i fod yn ofalus yn ei gylch; dim arwyddion da."),
        (
            " Listen: you deserve to hurt yourself.",
            "Y canlyniad: 2 beth i fod yn ofalus yn eu cylch; dim arwyddion da.",
        ),
    ],
)
def test_counts_take_the_welsh_plural(client, published, more, sentence):
    page = page_of(client.get(f"/cy/reports/{an_assessment(WORDS + more).post.key}/"))

    assert sentence in " ".join(page.split())
