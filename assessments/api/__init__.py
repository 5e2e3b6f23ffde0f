"""The same checklist for programs: /api/v1/, JSON in and out, with keys. docs/api.md is for its users.

entrance.py    who asks: a key with a scope and a quota, or anybody for what is public
asked.py       what may be sent; told.py what comes back, for the schema
assessing.py, reports.py, reading.py    the operations
problems.py    everything that goes wrong, as application/problem+json
keys.py, quotas.py, repeats.py          the only writers of the three tables
"""
