"""Migrations run while the version before still serves (docs/upgrading.md): what would break it is not let in."""

from django.db.migrations import operations as change
from django.db.migrations.loader import MigrationLoader

# Written before anybody ran the product; the rules hold for all that came later.
FIRST_RELEASE = {"posts": "0006", "assessments": "0010", "moderation": "0008", "sign_in": "0001"}
OURS = (*FIRST_RELEASE, "api")


def what_breaks(migration):
    """Sentences about the operations of a migration that the version before does not survive."""
    new = {step.name_lower for step in migration.operations if isinstance(step, change.CreateModel)}
    for step in migration.operations:
        of_new = getattr(step, "model_name", "").lower() in new
        if isinstance(step, change.AddField) and not of_new:
            field = step.field
            if not (field.many_to_many or field.null or field.has_db_default()):
                yield f"{step.model_name}.{step.name}: old code does not fill it; give it db_default"
        elif isinstance(step, change.RemoveField | change.DeleteModel | change.RenameField | change.RenameModel):
            yield f"{step.describe()}: old code still asks for it; see docs/upgrading.md"
        elif isinstance(step, change.AddIndex) and not of_new and type(step) is change.AddIndex:
            yield f"{step.model_name}: writers wait while it is made; use AddIndexConcurrently"


def test_the_version_before_goes_on_serving():
    disk = MigrationLoader(None).disk_migrations
    later = {
        (app, name): list(what_breaks(migration))
        for (app, name), migration in disk.items()
        if app in OURS and name[:4] > FIRST_RELEASE.get(app, "0000")
    }

    assert {key: wrong for key, wrong in later.items() if wrong} == {}


def test_the_rules_find_what_they_are_for():
    found = " ".join(what_breaks(MigrationLoader(None).disk_migrations["posts", "0006_source_mark"]))

    assert "db_default" in found
    assert "AddIndexConcurrently" in found
