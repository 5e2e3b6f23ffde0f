"""Which topics people read. A topic is a section of the checklist. Edited in the admin; without a rule all are open."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Reading(models.TextChoices):
    NEVER = "never", "Never reads these topics"
    ONLY = "only", "Reads only these topics"


class TopicAccessQuerySet(models.QuerySet):
    def of(self, person):
        """The rules for this person: their own, and those of their groups."""
        return self.filter(Q(person=person) | Q(group__user=person)).distinct()

    def topics_of(self, person):
        """(topics that this person never reads, the only ones that they read; nobody says so: none). One query, now."""
        topics = {Reading.NEVER: set(), Reading.ONLY: set()}
        for rule in self.of(person):
            topics[rule.reading].update(rule.topics)
        return topics[Reading.NEVER], topics[Reading.ONLY]


class TopicAccess(models.Model):
    """One rule about one person or one group. Rules add up: one “never” is enough to keep a topic away, and several
    “only” open what any of them names."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE)
    group = models.ForeignKey("auth.Group", null=True, blank=True, on_delete=models.CASCADE)
    reading = models.CharField("rule", max_length=10, choices=Reading, default=Reading.NEVER)
    topics = ArrayField(models.CharField(max_length=100), help_text="Keys of sections of the checklist.")

    objects = TopicAccessQuerySet.as_manager()

    class Meta:
        ordering = ("group__name", "person__username", "id")
        verbose_name_plural = "topic access"
        constraints = (
            models.CheckConstraint(condition=Q(reading__in=Reading.values), name="topic_access_reading_known"),
            models.CheckConstraint(condition=~Q(topics=[]), name="topic_access_names_topics"),
            models.CheckConstraint(
                condition=Q(person=None, group__isnull=False) | Q(group=None, person__isnull=False),
                name="topic_access_person_or_group",
                violation_error_message="Choose a person or a group, not both.",
            ),
        )

    def __str__(self):
        return f"{self.person or self.group}: {self.get_reading_display().lower()}"
