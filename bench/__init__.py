"""Measures the engine and the pages: `make bench`, one command, one table, ratios first.

Everything is synthetic and made here, deterministically, from the repository's own content. The engine is used through
its public door only, so that the bench measures whatever stands behind that door.

| module | what it does |
| --- | --- |
| `settings.py` | how much is measured: the full run, and a tiny one for the tests |
| `everyday.py` | everyday words, and sentences in which there is nothing to find |
| `posts.py` | ordinary posts of a given length |
| `catalogues.py` | content with so many patterns: sampled, or with renamed words |
| `adversarial.py` | texts and patterns that are made to be slow |
| `regexes.py`, `spacy_rules.py` | peers: the same patterns for Python's `re` and for spaCy's `Matcher` |
| `timing.py`, `memory.py`, `machine.py` | contestants in turns; memory in a process of its own; what it ran on |
| `growth.py`, `against_peers.py`, `previewing.py` | the measurements, each giving rows; the last in a database |
| `serving.py` | rows of what `pages.py` and `page_growth.py` find about the pages in a process of their own |
| `bare/` | views that do hardly anything, on the same server, to measure the pages against |
| `table.py` | rows -> the table |
"""
