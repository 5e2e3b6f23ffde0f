"""The tables of the checklist, the assessments and the help services."""

# ruff: noqa: E501 - help texts and choices, as makemigrations writes them

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import assessments.models.rows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("posts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HelpCountry",
            fields=[
                (
                    "code",
                    models.CharField(
                        help_text="Two capital letters, or INT for the international directory.",
                        max_length=3,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "emergency",
                    models.CharField(blank=True, help_text="The emergency number. Example: 999 or 112", max_length=200),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="What else somebody in this country should know first."),
                ),
                ("order", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "help countries",
                "ordering": ("order", "name"),
            },
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("retired", "Retired")],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(editable=False, null=True, unique=True)),
                (
                    "key",
                    models.SlugField(
                        help_text="The name of the checklist in exports. Example: second-look.", max_length=100
                    ),
                ),
                ("title", models.CharField(help_text="Shown on the page 'How this works'.", max_length=200)),
                (
                    "texts",
                    models.JSONField(
                        default=dict,
                        help_text='Everything that belongs to the checklist as a whole: always_shown, short_text, crisis, effects, not_checked… Written as JSON. Example: {"advice_words": 25}.',
                    ),
                ),
                ("snapshot", models.TextField(editable=False, null=True)),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "note",
                    models.TextField(blank=True, help_text="What changed in this version and why. Shown to everybody."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("created_by_name", models.CharField(editable=False, max_length=200)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("published_by_name", models.CharField(blank=True, editable=False, max_length=200)),
                ("retired_at", models.DateTimeField(editable=False, null=True)),
                ("retired_by_name", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "permissions": (("publish_checklist", "Can start, publish and retire a version of the checklist"),),
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checklist_version", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("engine_version", models.CharField(max_length=20)),
                ("level", models.CharField(max_length=100)),
                ("crisis", models.BooleanField()),
                ("language", models.CharField(max_length=10)),
                ("words", models.PositiveIntegerField()),
                ("result", models.TextField()),
                ("needs_review", models.BooleanField(default=False)),
                (
                    "review_reasons",
                    models.JSONField(default=list, help_text="Keys that say why a person should look at it."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="posts.post"
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="assessments.checklist",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                (
                    "key",
                    models.CharField(
                        help_text="A short name that never changes, in small letters with hyphens. Example: exercise-cures-depression.",
                        max_length=100,
                    ),
                ),
                (
                    "patterns",
                    models.TextField(
                        blank=True,
                        help_text="One pattern on each line, in the pattern language. Words in {BRACES} are word classes. The page 'How this works' explains the signs.",
                    ),
                ),
                (
                    "examples",
                    models.TextField(
                        blank=True,
                        help_text="One on each line: posts in made-up words that MUST be found. Publishing tries every one.",
                    ),
                ),
                (
                    "near_misses",
                    models.TextField(
                        blank=True,
                        help_text="One on each line: made-up posts that look similar but must NOT be found. Publishing tries every one.",
                    ),
                ),
                ("topic", models.CharField(help_text="Example: depression", max_length=100)),
                ("claim", models.TextField(help_text="The statement in one neutral sentence.")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("false", "False"),
                            ("misleading", "Misleading"),
                            ("oversimplified", "Oversimplified"),
                            ("unproven", "Unproven"),
                            ("partly-true", "Partly true"),
                        ],
                        help_text="What the evidence says about it.",
                        max_length=20,
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        help_text="What could happen to somebody who believes it.",
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(help_text="Why it is wrong, in one or two kind sentences.")),
                (
                    "what_is_known",
                    models.TextField(help_text="What is known, with the balance that a professional would give."),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("item", models.CharField(max_length=100)),
                ("answer", models.CharField(max_length=50)),
                ("effect", models.CharField(max_length=20)),
                ("signal", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=20)),
                ("context", models.CharField(max_length=20)),
                ("counted", models.BooleanField()),
                ("masked", models.BooleanField()),
                ("spans", models.JSONField(help_text="Half-open code-point ranges into the post: [[start, end], …].")),
                ("place", models.CharField(default="text", max_length=20)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="assessments.assessment",
                    ),
                ),
            ],
            options={
                "ordering": ("assessment", "order"),
            },
        ),
        migrations.CreateModel(
            name="HelpGuidance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "texts",
                    models.JSONField(default=dict, help_text="Written as JSON: steps, what_to_say, what_to_expect…"),
                ),
            ],
            options={
                "verbose_name_plural": "help guidance",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="help_guidance_only_one")],
            },
        ),
        migrations.CreateModel(
            name="HelpService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0)),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(help_text="Example: crisis, crisis-text, youth, eating-disorder", max_length=60),
                ),
                ("phone", models.CharField(blank=True, max_length=200)),
                (
                    "text_or_chat",
                    models.CharField(blank=True, help_text="Example: text SHOUT to 85258", max_length=300),
                ),
                ("url", models.URLField(blank=True, max_length=500)),
                ("hours", models.CharField(blank=True, help_text="Example: 24/7", max_length=200)),
                ("languages", models.CharField(blank=True, max_length=200)),
                (
                    "audience",
                    models.CharField(blank=True, help_text="Who it is for. Example: under 19s", max_length=200),
                ),
                ("confidence", models.CharField(choices=[("sure", "Sure"), ("check", "To be checked")], max_length=10)),
                ("how_checked", models.CharField(blank=True, max_length=300)),
                ("verified_at", models.DateField(blank=True, editable=False, null=True)),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="services",
                        to="assessments.helpcountry",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("country", "order", "id"),
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                (
                    "key",
                    models.CharField(
                        help_text="A short name that never changes, in small letters with hyphens. Example: exercise-cures-depression.",
                        max_length=100,
                    ),
                ),
                (
                    "question",
                    models.CharField(help_text="Example: Does it promise a cure or a quick fix?", max_length=300),
                ),
                ("why", models.TextField(blank=True, help_text="Why it matters, in one or two plain sentences.")),
                (
                    "answer_type",
                    models.CharField(
                        choices=[
                            ("auto", "Worked out from the words"),
                            ("reader", "Only the reader can answer"),
                            ("both", "Suggested from the words, the reader can change it"),
                        ],
                        help_text="Who can answer this question.",
                        max_length=10,
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[
                            ("minor", "Minor"),
                            ("moderate", "Moderate"),
                            ("major", "Major"),
                            ("critical", "Critical"),
                        ],
                        help_text="How much it matters when we explain.",
                        max_length=10,
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                ("key", models.CharField(help_text="A short name that never changes. Example: yes.", max_length=50)),
                ("label", models.CharField(help_text="The answer as the reader sees it.", max_length=300)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("stop", "Stop: a serious problem on its own"),
                            ("stop+help", "Stop, and crisis help first"),
                            ("red", "Red: a strong reason not to rely on the post"),
                            ("amber", "Amber: a reason to be careful"),
                            ("green", "Green: a good sign"),
                            ("none", "No effect"),
                            ("unknown", "Could not tell"),
                            ("help", "Crisis help first, judges nothing"),
                            ("personal", "About the reader, not about the post"),
                            ("personal+help", "About the reader, and crisis help first"),
                        ],
                        help_text="What this answer does to the report.",
                        max_length=20,
                    ),
                ),
                (
                    "guidance",
                    assessments.models.rows.GuidanceField(
                        blank=True,
                        help_text="What the reader can do about it. Plain sentences; <strong>, <em>, lists and links are kept.",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="assessments.item"
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                (
                    "key",
                    models.CharField(
                        help_text="A short name that never changes, in small letters with hyphens. Example: exercise-cures-depression.",
                        max_length=100,
                    ),
                ),
                (
                    "seriousness",
                    models.PositiveIntegerField(help_text="1 is the best news. Used to sort, never shown as a score."),
                ),
                ("label", models.CharField(help_text="Example: Check before you trust it", max_length=100)),
                ("plain", models.TextField(help_text="What the level means, in plain words.")),
                ("words", models.TextField(blank=True, help_text="The rule in words, for the page 'How this works'.")),
                (
                    "when",
                    models.JSONField(
                        default=list,
                        help_text='The rule for the engine: a list of lists. Any of the lists gives the level; within a list every condition must hold. Example: [[{"effect": "stop", "at_least": 1}]]. The last level has [[]]: always.',
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                (
                    "key",
                    models.CharField(
                        help_text="A short name that never changes, in small letters with hyphens. Example: exercise-cures-depression.",
                        max_length=100,
                    ),
                ),
                (
                    "title",
                    models.CharField(help_text="A question in plain words. Example: Who wrote it?", max_length=200),
                ),
                (
                    "intro",
                    models.TextField(blank=True, help_text="One or two sentences that say what this part is about."),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="item",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="assessments.section"
            ),
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                (
                    "key",
                    models.CharField(
                        help_text="A short name that never changes, in small letters with hyphens. Example: exercise-cures-depression.",
                        max_length=100,
                    ),
                ),
                (
                    "patterns",
                    models.TextField(
                        blank=True,
                        help_text="One pattern on each line, in the pattern language. Words in {BRACES} are word classes. The page 'How this works' explains the signs.",
                    ),
                ),
                (
                    "examples",
                    models.TextField(
                        blank=True,
                        help_text="One on each line: posts in made-up words that MUST be found. Publishing tries every one.",
                    ),
                ),
                (
                    "near_misses",
                    models.TextField(
                        blank=True,
                        help_text="One on each line: made-up posts that look similar but must NOT be found. Publishing tries every one.",
                    ),
                ),
                (
                    "family",
                    models.CharField(
                        choices=[
                            ("harm", "Harm"),
                            ("generality", "Too general, or well balanced"),
                            ("author", "Who wrote it"),
                            ("practice", "Good and bad practice"),
                        ],
                        max_length=20,
                    ),
                ),
                ("kind", models.CharField(blank=True, help_text="Example: pro-eating-disorder", max_length=60)),
                (
                    "intent",
                    models.CharField(blank=True, help_text="What the author wants. Example: encourage", max_length=30),
                ),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Does not apply"),
                            ("notice", "Notice"),
                            ("concern", "Concern"),
                            ("serious", "Serious"),
                            ("urgent", "Urgent"),
                        ],
                        help_text="For harm signals.",
                        max_length=10,
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        blank=True,
                        choices=[("", "Does not apply"), ("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        help_text="For the other signals.",
                        max_length=10,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("risk", "A risk"), ("positive", "A good sign"), ("neutral", "Neither")],
                        default="risk",
                        max_length=10,
                    ),
                ),
                (
                    "match",
                    models.CharField(
                        choices=[
                            ("term", "The term itself"),
                            ("term+context", "The term, with another sign of the same kind"),
                            ("phrase", "The meaning of the sentence"),
                        ],
                        default="phrase",
                        max_length=20,
                    ),
                ),
                (
                    "absence",
                    models.BooleanField(
                        default=False, help_text="It is a sign when this is NOT found in a post with advice."
                    ),
                ),
                ("crisis", models.BooleanField(default=False, help_text="Finding it shows crisis help first.")),
                ("help_route", models.CharField(blank=True, help_text="Example: eating-disorder", max_length=60)),
                (
                    "flag",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No flag"),
                            ("misleading_claim", "Misleading claim"),
                            ("harmful_community", "Harmful community"),
                            ("crisis_language", "Crisis language"),
                            ("too_general", "Too general"),
                            ("pressure", "Pressure"),
                            ("selling", "Selling"),
                            ("encourages_help", "Encourages getting help"),
                            ("personal_story", "Personal story"),
                        ],
                        max_length=30,
                    ),
                ),
                ("description", models.TextField(help_text="What it is, in neutral words that may always be shown.")),
                (
                    "report",
                    models.TextField(blank=True, help_text="The kind sentence that the report gives to the reader."),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignalEffect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                (
                    "effect",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "As the answer says"),
                            ("hint", "Hint: two different hints make one amber"),
                            ("stop", "Stop"),
                            ("stop+help", "Stop, and crisis help first"),
                            ("red", "Red"),
                            ("amber", "Amber"),
                            ("green", "Green"),
                            ("none", "No effect"),
                            ("unknown", "Could not tell"),
                            ("help", "Crisis help first"),
                        ],
                        help_text="Leave empty to use the effect of the answer.",
                        max_length=20,
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="given_by", to="assessments.answer"
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sets", to="assessments.signal"
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                (
                    "key",
                    models.CharField(
                        help_text="A short name that never changes, in small letters with hyphens. Example: exercise-cures-depression.",
                        max_length=100,
                    ),
                ),
                ("org", models.CharField(help_text="Who published it. Example: NICE", max_length=200)),
                ("title", models.CharField(max_length=400)),
                ("year", models.CharField(blank=True, help_text="Year, or 'live page'.", max_length=60)),
                ("url", models.CharField(blank=True, max_length=500)),
                ("confidence", models.CharField(choices=[("sure", "Sure"), ("check", "To be checked")], max_length=10)),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="Chapter, section or page. Example: section 1.3", max_length=300
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="assessments.claim",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="assessments.item",
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="assessments.signal",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="citations", to="assessments.source"
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
            },
        ),
        migrations.CreateModel(
            name="Title",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                (
                    "key",
                    models.CharField(
                        help_text="A short name that never changes, in small letters with hyphens. Example: exercise-cures-depression.",
                        max_length=100,
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, help_text="Two capital letters, or empty for every country.", max_length=3
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("aliases", models.TextField(blank=True, help_text="Other ways of writing it, one on each line.")),
                (
                    "post_nominals",
                    models.TextField(blank=True, help_text="Letters after a name, one on each line. Example: MRCPsych"),
                ),
                (
                    "protected",
                    models.CharField(blank=True, help_text="Does law protect it? yes, partly or no", max_length=20),
                ),
                ("register", models.CharField(blank=True, max_length=300)),
                ("register_url", models.CharField(blank=True, max_length=500)),
                (
                    "meaning",
                    models.TextField(blank=True, help_text="What the title tells a reader, and what it does not."),
                ),
                ("can_diagnose", models.CharField(blank=True, max_length=200)),
                ("can_prescribe", models.CharField(blank=True, max_length=200)),
                ("confidence", models.CharField(choices=[("sure", "Sure"), ("check", "To be checked")], max_length=10)),
                ("family", models.CharField(blank=True, help_text="registered, voluntary, coach…", max_length=40)),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WordClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=0, help_text="Its place in its list: 1 comes before 2.")),
                (
                    "key",
                    models.CharField(
                        help_text="A short name that never changes, in small letters with hyphens. Example: exercise-cures-depression.",
                        max_length=100,
                    ),
                ),
                (
                    "description",
                    models.CharField(blank=True, help_text="What belongs in it, and what does not.", max_length=300),
                ),
                ("words", models.TextField(help_text="One word or phrase on each line. Example: low mood")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="assessments.checklist",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "word classes",
                "ordering": ("order", "id"),
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "published", "retired"])), name="checklist_status_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "draft")), fields=("status",), name="checklist_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "published")), fields=("status",), name="checklist_one_published"
            ),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.CheckConstraint(
                condition=models.Q(("created_by_name", ""), _negated=True), name="checklist_created_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("digest", ""),
                        ("published_at__isnull", True),
                        ("published_by__isnull", True),
                        ("published_by_name", ""),
                        ("snapshot__isnull", True),
                        ("status", "draft"),
                        ("version__isnull", True),
                    ),
                    models.Q(
                        ("published_at__isnull", False),
                        ("snapshot__isnull", False),
                        ("status__in", ("published", "retired")),
                        ("version__isnull", False),
                        models.Q(("digest", ""), _negated=True),
                        models.Q(("published_by_name", ""), _negated=True),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="checklist_published_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("retired_at__isnull", True),
                        ("retired_by__isnull", True),
                        ("retired_by_name", ""),
                        ("status__in", ("draft", "published")),
                    ),
                    models.Q(
                        ("retired_at__isnull", False),
                        ("status", "retired"),
                        models.Q(("retired_by_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="checklist_retired_together",
            ),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                models.F("post"),
                models.OrderBy(models.F("created_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="assessment_newest_of_post",
            ),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                condition=models.Q(("needs_review", True)), fields=["created_at", "id"], name="assessment_needs_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("needs_review", False), ("review_reasons", [])),
                    models.Q(("needs_review", True), models.Q(("review_reasons", []), _negated=True)),
                    _connector="OR",
                ),
                name="assessment_review_has_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                fields=("checklist", "key"),
                name="claim_key_once",
                violation_error_message="This version of the checklist already has a row with this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict__in", ["false", "misleading", "oversimplified", "unproven", "partly-true"])
                ),
                name="claim_verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("risk__in", ["low", "medium", "high"])), name="claim_risk_known"
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["signal", "assessment"], name="finding_by_signal"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(fields=("assessment", "order"), name="finding_order_once"),
        ),
        migrations.AddConstraint(
            model_name="helpservice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                    _connector="OR",
                ),
                name="help_service_verified_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="helpservice",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__in", ["sure", "check"])), name="help_service_confidence_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("item", "key"),
                name="answer_key_once",
                violation_error_message="This question already has an answer with this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "effect__in",
                        [
                            "stop",
                            "stop+help",
                            "red",
                            "amber",
                            "green",
                            "none",
                            "unknown",
                            "help",
                            "personal",
                            "personal+help",
                        ],
                    )
                ),
                name="answer_effect_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="level",
            constraint=models.UniqueConstraint(
                fields=("checklist", "key"),
                name="level_key_once",
                violation_error_message="This version of the checklist already has a row with this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("checklist", "key"),
                name="section_key_once",
                violation_error_message="This version of the checklist already has a row with this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                fields=("checklist", "key"),
                name="item_key_once",
                violation_error_message="This version of the checklist already has a row with this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_type__in", ["auto", "reader", "both"])), name="item_answer_type_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__in", ["minor", "moderate", "major", "critical"])), name="item_weight_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.UniqueConstraint(
                fields=("checklist", "key"),
                name="signal_key_once",
                violation_error_message="This version of the checklist already has a row with this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(("family__in", ["harm", "generality", "author", "practice"])),
                name="signal_family_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", ["", "notice", "concern", "serious", "urgent"])),
                name="signal_severity_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__in", ["", "low", "medium", "high"])), name="signal_weight_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["risk", "positive", "neutral"])), name="signal_direction_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(("match__in", ["term", "term+context", "phrase"])), name="signal_match_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "flag__in",
                        [
                            "",
                            "misleading_claim",
                            "harmful_community",
                            "crisis_language",
                            "too_general",
                            "pressure",
                            "selling",
                            "encourages_help",
                            "personal_story",
                        ],
                    )
                ),
                name="signal_flag_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaleffect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "effect__in",
                        ["", "hint", "stop", "stop+help", "red", "amber", "green", "none", "unknown", "help"],
                    )
                ),
                name="signal_effect_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                fields=("checklist", "key"),
                name="source_key_once",
                violation_error_message="This version of the checklist already has a row with this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__in", ["sure", "check"])), name="source_confidence_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim__isnull", True), ("item__isnull", False), ("signal__isnull", True)),
                    models.Q(("claim__isnull", False), ("item__isnull", True), ("signal__isnull", True)),
                    models.Q(("claim__isnull", True), ("item__isnull", True), ("signal__isnull", False)),
                    _connector="OR",
                ),
                name="citation_of_exactly_one",
                violation_error_message="Choose one: an item, a claim or a signal.",
            ),
        ),
        migrations.AddConstraint(
            model_name="title",
            constraint=models.UniqueConstraint(
                fields=("checklist", "key"),
                name="title_key_once",
                violation_error_message="This version of the checklist already has a row with this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="title",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__in", ["sure", "check"])), name="title_confidence_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="wordclass",
            constraint=models.UniqueConstraint(
                fields=("checklist", "key"),
                name="wordclass_key_once",
                violation_error_message="This version of the checklist already has a row with this key.",
            ),
        ),
    ]
