"""Figures for operators in Prometheus's format, at /metrics for whoever has METRICS_TOKEN (docs/metrics.md).

| module | what it does |
| --- | --- |
| `counted.py` | what each process counts: requests, posts that came in, reports, links |
| `from_database.py` | what is asked of the database when somebody looks, in three queries |
| `middleware.py` | times every request |
| `page.py` | the page |
| `slots.py` | the folder in which the processes of one server put their figures together |
| `table.py` | the table in docs/metrics.md |

No label ever has a value that comes from a visitor: routes by their name, methods that we know, classes of status.
"""
