"""Lists of the admin over tables that only grow: newest first, and from there on the older ones.

By the number of the last row that was seen, never by counting or skipping: the millionth page is as quick as the
first, and no row is shown twice or missed because others came meanwhile. What is given up: the number of all rows,
jumping to a page, and sorting by a column. Filters narrow the same walk; searching finds exact words, by an index.
"""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q

OLDER = "older_than"
# The values that a filter offers are those of so many newest rows: no more is read, however long the table is.
LOOKED_AT = 10_000


class EndlessList(ChangeList):
    """One page of the newest rows, or of those older than the row that the address names."""

    def get_filters_params(self, params=None):
        return {name: value for name, value in super().get_filters_params(params).items() if name != OLDER}

    def get_query_string(self, new_params=None, remove=None):
        """Another filter begins at the newest row again."""
        return super().get_query_string({OLDER: None} | (new_params or {}), remove)

    def get_queryset(self, request, exclude_parameters=None):
        found = super().get_queryset(request, exclude_parameters).order_by("-pk")
        older = self.params.get(OLDER, "")
        return found.filter(pk__lt=int(older)) if older.isdecimal() and len(older) < 19 else found

    def get_results(self, request):
        rows = list(self.queryset[: self.list_per_page + 1])
        self.result_list = rows[: self.list_per_page]
        self.result_count = len(self.result_list)
        self.full_result_count = self.result_count  # nothing to say beside the search
        self.paginator = None
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions = bool(self.model_admin.actions)
        more = len(rows) > self.list_per_page
        self.older = self.get_query_string({OLDER: self.result_list[-1].pk}) if more else ""
        self.newest = self.get_query_string() if OLDER in self.params else ""


class EndlessAdmin:
    """For a ModelAdmin, before it."""

    list_per_page = 100
    sortable_by = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/posts/endless_list.html"
    # Columns of numbers, with an index, in which a number is searched for. Django would compare them as text.
    search_numbers = ()

    def get_search_results(self, request, queryset, search_term):
        """A number is looked up in `search_numbers`; anything else as Django does it."""
        number = search_term.strip()
        if self.search_numbers and number.isdecimal() and len(number) < 19:
            wanted = [(name, int(number)) for name in self.search_numbers]
            return queryset.filter(Q.create(wanted, connector=Q.OR)), False
        return super().get_search_results(request, queryset, search_term)

    def get_changelist(self, request, **kwargs):
        return EndlessList


class NewestValuesFilter(admin.AllValuesFieldListFilter):
    """The values of a column among the newest rows. Another value can still be asked for in the address."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        newest = model._default_manager.order_by("-pk").values("pk")[:LOOKED_AT]
        rows = model._default_manager.filter(pk__in=newest)
        self.lookup_choices = rows.order_by(field.name).values_list(field.name, flat=True).distinct()
