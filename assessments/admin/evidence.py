"""Claims, signals, titles, word classes and sources."""

from django.contrib import admin

from assessments.admin.draft_rows import DraftRowAdmin, DraftRowInline, VersionFilter
from assessments.admin.pattern_help import WithPatternHelp, WordClassForm
from assessments.models import Citation, Claim, Signal, SignalEffect, Source, Title, WordClass


class CitationInline(DraftRowInline):
    model = Citation
    fields = ("order", "source", "locator")
    autocomplete_fields = ("source",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")


class SetsInline(DraftRowInline):
    model = SignalEffect
    fields = ("order", "answer", "effect")
    autocomplete_fields = ("answer",)
    verbose_name = "answer that it gives"
    verbose_name_plural = "answers that it gives"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("signal", "answer__item")


@admin.register(Claim)
class ClaimAdmin(WithPatternHelp, DraftRowAdmin):
    list_display = ("key", "topic", "claim", "verdict", "risk", "order")
    list_filter = (VersionFilter, "topic", "verdict", "risk")
    search_fields = ("key", "topic", "claim", "why", "what_is_known", "patterns", "examples")
    fields = (
        *("order", "key", "topic", "claim", "verdict", "risk", "why", "what_is_known"),
        *("patterns", "examples", "near_misses"),
    )
    inlines = (CitationInline,)


@admin.register(Signal)
class SignalAdmin(WithPatternHelp, DraftRowAdmin):
    list_display = ("key", "family", "kind", "intent", "severity", "weight", "direction", "flag", "crisis", "order")
    list_filter = (VersionFilter, "family", "kind", "intent", "severity", "weight", "flag", "crisis", "absence")
    search_fields = ("key", "kind", "description", "report", "patterns", "examples")
    fields = (
        *("order", "key", "family", "kind", "description", "report", "intent", "severity", "weight", "direction"),
        *("match", "absence", "crisis", "help_route", "flag", "patterns", "examples", "near_misses"),
    )
    inlines = (SetsInline, CitationInline)


@admin.register(SignalEffect)
class SignalEffectAdmin(DraftRowAdmin):
    list_display = ("signal", "answer", "effect", "order")
    list_filter = (VersionFilter, "effect")
    list_select_related = ("checklist", "signal", "answer__item")
    search_fields = ("signal__key", "answer__item__key")
    autocomplete_fields = ("signal", "answer")
    ordering = ("signal__order", "order", "id")


@admin.register(WordClass)
class WordClassAdmin(DraftRowAdmin):
    form = WordClassForm
    list_display = ("key", "description", "order")
    search_fields = ("key", "description", "words")


@admin.register(Title)
class TitleAdmin(DraftRowAdmin):
    list_display = ("title", "country", "family", "protected", "register", "confidence", "order")
    list_filter = (VersionFilter, "country", "family", "protected", "confidence")
    search_fields = ("key", "title", "aliases", "post_nominals", "register")


@admin.register(Source)
class SourceAdmin(DraftRowAdmin):
    list_display = ("key", "org", "title", "year", "confidence", "order")
    list_filter = (VersionFilter, "confidence")
    search_fields = ("key", "org", "title", "url")


@admin.register(Citation)
class CitationAdmin(DraftRowAdmin):
    list_display = ("source", "locator", "of", "order")
    list_select_related = ("checklist", "source", "item", "claim", "signal")
    search_fields = ("source__key", "source__org", "source__title", "locator")
    autocomplete_fields = ("source", "item", "claim", "signal")
    ordering = ("source__order", "order", "id")
