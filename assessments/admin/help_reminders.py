"""Which help services are due for a check: as a filter of the list, and as a page by country."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone

from assessments.help_freshness import NEEDS_A_CHECK, WORDS, Standing, shown, standing
from assessments.models import HelpService

# The columns of the page.
COLUMNS = {one: WORDS[one] for one in NEEDS_A_CHECK}


class CheckFilter(admin.SimpleListFilter):
    title = "check"
    parameter_name = "check"

    def lookups(self, request, model_admin):
        return [("needed", "Needs a check"), *((one.value, WORDS[one]) for one in Standing)]

    def queryset(self, request, queryset):
        wanted = NEEDS_A_CHECK if self.value() == "needed" else (self.value(),)
        return queryset.of_standing(*wanted, today=timezone.localdate()) if self.value() else queryset


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryLine:
    """One country on the page: `counts` are (standing, number) pairs in the order of COLUMNS."""

    code: str
    name: str
    counts: tuple[tuple[str, int], ...]
    hidden: int


def due_page(model_admin, request):
    """How many services of each country need a check, and why; each number leads to them."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Help services that need a check",
        "opts": model_admin.opts,
        "columns": COLUMNS.values(),
        "countries": country_lines(today=timezone.localdate()),
    }
    return TemplateResponse(request, "admin/assessments/helpservice/due.html", context)


def country_lines(*, today):
    """The CountryLines with something to check, in the order of the countries. One query."""
    of_country = defaultdict(list)
    for service in HelpService.objects.select_related("country").order_by("country__order", "country__name", "order"):
        of_country[service.country].append(service)
    lines = []
    for country, services in of_country.items():
        counts = Counter(standing(one.verified_at, one.closed_reported_at, today=today) for one in services)
        if counts.total() > counts[Standing.FRESH]:
            lines.append(
                CountryLine(
                    code=country.code,
                    name=country.name,
                    counts=tuple((one.value, counts[one]) for one in COLUMNS),
                    hidden=len(services) - len(shown(services, today=today)),
                )
            )
    return lines
