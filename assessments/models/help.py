"""Where to get real help, country by country. Never frozen: a helpline must be right today, not on publishing day."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.help_freshness import HIDE_AFTER, MARK_AFTER, REMIND_AFTER, Standing, months_before
from assessments.models.evidence import Confidence

INTERNATIONAL = "INT"  # the directories that are always shown


class HelpCountry(models.Model):
    code = models.CharField(
        max_length=3, primary_key=True, help_text="Two capital letters, or INT for the international directory."
    )
    name = models.CharField(max_length=100)
    emergency = models.CharField(max_length=200, blank=True, help_text="The emergency number. Example: 999 or 112")
    note = models.TextField(blank=True, help_text="What else somebody in this country should know first.")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order", "name")
        verbose_name_plural = "help countries"

    def __str__(self):
        return self.name


class HelpServiceQuerySet(models.QuerySet):
    def of_countries(self, *codes):
        """The services of these countries, in the order that editors gave them."""
        return self.filter(country__in=codes).order_by("order", "id")

    def unverified(self):
        return self.filter(verified_at__isnull=True)

    def of_standing(self, *standings, today):
        """The services that stand so (see help_freshness.Standing) on that day; an unknown name finds nothing."""
        remind, mark, hide = (months_before(today, months) for months in (REMIND_AFTER, MARK_AFTER, HIDE_AFTER))
        rules = {
            Standing.FRESH: Q(verified_at__gte=remind),
            Standing.DUE: Q(verified_at__gte=mark, verified_at__lt=remind),
            Standing.STALE: Q(verified_at__gte=hide, verified_at__lt=mark),
            Standing.VERY_STALE: Q(verified_at__lt=hide),
            Standing.NEVER: Q(verified_at__isnull=True),
        }
        is_open = Q(closed_reported_at__isnull=True)
        wanted = [rules[one] & is_open for one in standings if one in rules]
        wanted += [~is_open] if Standing.CLOSED in standings else []
        return self.filter(reduce(or_, wanted)) if wanted else self.none()


class HelpService(models.Model):
    """One helpline or service. It carries a "not verified yet" mark in the pages until a person has checked it."""

    country = models.ForeignKey(HelpCountry, on_delete=models.CASCADE, related_name="services")
    order = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, help_text="Example: crisis, crisis-text, youth, eating-disorder")
    phone = models.CharField(max_length=200, blank=True)
    text_or_chat = models.CharField(max_length=300, blank=True, help_text="Example: text SHOUT to 85258")
    url = models.URLField(max_length=500, blank=True)
    hours = models.CharField(max_length=200, blank=True, help_text="Example: 24/7")
    languages = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=200, blank=True, help_text="Who it is for. Example: under 19s")
    confidence = models.CharField(max_length=10, choices=Confidence)
    how_checked = models.CharField(max_length=300, blank=True)
    verified_at = models.DateField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    closed_reported_at = models.DateField(
        null=True, blank=True, editable=False, help_text="Somebody told us that it has closed."
    )

    objects = HelpServiceQuerySet.as_manager()

    class Meta:
        ordering = ("country", "order", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="help_service_verified_together",
            ),
            models.CheckConstraint(condition=Q(confidence__in=Confidence.values), name="help_service_confidence_known"),
        )

    def __str__(self):
        return f"{self.name} ({self.country_id})"


class HelpGuidance(models.Model):
    """How to seek help, in every country: one row of texts (steps, what to say, what to expect…)."""

    texts = models.JSONField(default=dict, help_text="Written as JSON: steps, what_to_say, what_to_expect…")

    class Meta:
        verbose_name_plural = "help guidance"
        constraints = (models.CheckConstraint(condition=Q(id=1), name="help_guidance_only_one"),)

    def __str__(self):
        return "How to seek help"
