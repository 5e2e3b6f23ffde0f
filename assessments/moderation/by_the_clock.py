"""What moderation does by itself, wherever a worker runs."""

from assessments.moderation.cases import let_go, take_up
from posts.jobs import periodic_job


@periodic_job(name="moderation.take_up", cron="* * * * *")
def take_up_by_the_clock():
    """Every minute: whoever reads the queue sees what the checklist asked for. A crisis has two hours."""
    take_up()


@periodic_job(name="moderation.let_go", cron="*/10 * * * *")
def let_go_by_the_clock():
    """Every ten minutes: what was derived from a deleted post, and said about it, goes soon after it. What
    moderators wrote about it goes with it, by the database itself."""
    let_go()
