"""The staff pages of moderation in the admin: what readers said, what people decided, and how good the checklist is."""

from assessments.moderation.admin import flags, open_topics, quality, topic_access

__all__ = ("flags", "open_topics", "quality", "topic_access")
