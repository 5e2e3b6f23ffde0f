"""The table of docs/metrics.md: python -m config.metrics.table prints it, and a test holds the two equal."""

import os

KINDS = {"Histogram": "histogram", "Counter": "counter", "Gauge": "gauge"}


def table():
    """Every figure, as lines of Markdown, in order of its name."""
    from config.metrics import counted, from_database

    rows = [
        (one._name + ("_total" if kind == "counter" else ""), kind, one._labelnames, one._documentation)
        for one in counted.ALL
        for kind in [KINDS[type(one).__name__]]
    ]
    rows += [(figure.name, "gauge", figure.labels, figure.help) for figure in from_database.ALL]
    lines = [
        f"| `{name}` | {kind} | {', '.join(f'`{label}`' for label in labels)} | {words} |"
        for name, kind, labels, words in sorted(rows)
    ]
    return "\n".join(["| name | kind | labels | what it says |", "| --- | --- | --- | --- |", *lines])


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(table())
