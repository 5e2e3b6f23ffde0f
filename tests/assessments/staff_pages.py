"""Finding one's way in the staff pages."""

from django.contrib.messages import get_messages
from django.urls import reverse


def named(model):
    return model.__name__


def address(model, page="changelist", *args):
    return reverse(f"admin:assessments_{model._meta.model_name}_{page}", args=args)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def shown(response):
    """The rows of a list page."""
    return list(response.context["cl"].result_list)


def run_action(client, name, *rows, **more):
    data = {"action": name, "_selected_action": [row.pk for row in rows], **more}
    return client.post(address(type(rows[0])), data)


def help_content(*services):
    return {
        "guidance": {"key_message": "A doctor is a good place to start."},
        "countries": [
            {"code": "GB", "country": "United Kingdom", "emergency": "999", "note": "", "services": list(services)}
        ],
    }


def help_service(name="A line", kind="crisis"):
    texts = dict.fromkeys(("phone", "text_or_chat", "hours", "languages", "audience", "how_checked"), "")
    about = {"url": "https://www.example.org/", "confidence": "check", "verified_at": None}
    return {"name": name, "kind": kind, **texts, **about}


def fields_of(page):
    """What a browser would send back of a form page, untouched."""
    sent = _values(page.context["adminform"].form)
    for formset in page.context["inline_admin_formsets"]:
        sent |= _values(formset.formset.management_form)
        for form in formset.formset.initial_forms:
            sent |= _values(form)
    return sent


def _values(form):
    values = {form[name].html_name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items() if value is not False}


def errors_of(page):
    return page.context["adminform"].form.errors
