"""What the API does by itself, wherever a worker runs."""

from assessments.api.quotas import forget
from posts.jobs import periodic_job


@periodic_job(name="api.forget", cron="27 * * * *")
def forget_hourly():
    """Every hour: counts of days long past, and what may no longer be repeated."""
    forget()
