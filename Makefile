# Two commands: `make run` serves the product on your machine, `make test` checks everything.
#
#   make setup   what both need: .venv, .env, a database with its tables and the first checklist
#   make run     setup, demo accounts (with DEBUG only), then http://127.0.0.1:8000 until Ctrl-C
#   make demo    setup, then made-up posts, cases and decisions to look at
#   make serve   setup, then what production runs, behind a proxy with TLS: gunicorn on 127.0.0.1:8000 and a worker
#   make test    setup, then every check and every test
#   make fix     let the formatters repair what they can
#   make messages    bring the catalogues of translations up to date, and compile them
#   make screenshots pictures of every page, at two widths, light and dark, in var/screenshots
#   make lighthouse  Lighthouse on the first page and on a report; needs Node 18.20 or newer, npm and Chromium
#   make audit   known holes in the locked packages and in our own code; needs the internet for the former
#   make sbom    what the product is made of, as var/sbom.json (CycloneDX)
#   make bench   measure engine, pages and bulk work: one table, also in bench/results.md; a quarter of an hour
#   make lock    compile requirements*.txt anew from pyproject.toml
#   make clean   stop the embedded PostgreSQL, remove .venv and what tools leave behind; your data stays
#
# Nothing else here needs more than make, Python 3.11 or newer and the package index that pip is set up for.

SHELL = /bin/sh
PYTHON = .venv/bin/python
MANAGE = $(PYTHON) manage.py

# The browser tests drive the Chromium that the machine has; CHROMIUM=/path/to/it names another one.
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
export CHROMIUM
# `required` makes a missing Chromium a failure (.ci/run sets it).
BROWSER_TESTS ?= if-possible
export BROWSER_TESTS
# `make test PYTEST_ARGS="-k words"` runs fewer tests.
PYTEST_ARGS ?=
# A process for each core and one more, for browsers and databases are waited for; four at most. A file's tests stay
# together, for what they share is made once. TEST_PROCESSES=0 runs them all in one.
TEST_PROCESSES ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1) + 1)))
PARALLEL = --numprocesses=$(TEST_PROCESSES) --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

.DEFAULT_GOAL = help
# A .venv that was not finished is begun anew.
.DELETE_ON_ERROR:
.PHONY: help setup requirements database run demo serve test fix messages screenshots lighthouse audit sbom bench lock clean

# The comment at the top is the help.
help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile


setup: database

# Finds a Python, and says what is missing in words: a traceback of venv's own would not.
$(PYTHON):
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "Python 3.11 or newer is needed; found: $$(python3 --version 2>/dev/null || echo none)." >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "$$found cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	fi; \
	echo "== Making .venv with $$("$$found" --version)"; \
	"$$found" -m venv --clear .venv

# A copy of the lock file in .venv says what is installed there: comparing contents, not times, survives `git switch`.
requirements: $(PYTHON)
	@if ! cmp -s requirements-dev.txt .venv/installed-requirements.txt; then \
	    echo "== Installing the locked requirements"; \
	    $(PYTHON) -m pip install --disable-pip-version-check --require-hashes -r requirements-dev.txt \
	    && cp requirements-dev.txt .venv/installed-requirements.txt; \
	fi

# Fresh random keys, written once: losing FIELD_ENCRYPTION_KEYS would lose the posts, so .env is never written over.
.env: | requirements
	@echo "== Writing .env for development"
	@umask 077 && $(PYTHON) -c 'import secrets; from cryptography.fernet import Fernet; \
	    print("# For development, written by make setup. Every variable: .env.example"); \
	    print("DEBUG=1"); \
	    print("SECRET_KEY=" + secrets.token_urlsafe(50)); \
	    print("FIELD_ENCRYPTION_KEYS=" + Fernet.generate_key().decode())' > .env.new && mv .env.new .env

# Without DATABASE_URL the first of these commands starts the embedded PostgreSQL.
database: requirements .env
	@echo "== Bringing the database up to date"
	@$(MANAGE) migrate --check >/dev/null 2>&1 || $(MANAGE) migrate
	@$(MANAGE) make_roles
	@$(MANAGE) load_first_content
	@$(MANAGE) load_ruling_reasons


# The last line is one plain command, so that make runs it without a shell and hands every signal on to it.
run: setup
	@$(MANAGE) create_demo_accounts
	@$(MANAGE) run_here 127.0.0.1:8000

# Made-up posts, cases and decisions to look at; `manage.py make_demo_data --remove` takes them away.
demo: setup
	@$(MANAGE) make_demo_data

# The .env of development says DEBUG=1: the environment wins.
serve: export DEBUG = 0
serve: export ALLOWED_HOSTS ?= localhost,127.0.0.1
serve: export BEHIND_HTTPS_PROXY ?= 1
serve: setup
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) serve


test: setup
	@if [ -z "$$CHROMIUM" ] && [ "$$BROWSER_TESTS" = required ]; then \
	    echo "Chromium is missing, and BROWSER_TESTS=required." >&2; exit 1; \
	fi
	@echo "== ruff: lint"
	@$(PYTHON) -m ruff check
	@echo "== ruff: format"
	@$(PYTHON) -m ruff format --check
	@echo "== djade: templates"
	@find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	@echo "== mypy: the engine"
	@$(PYTHON) -m mypy
	@echo "== Django: every model change has its migration"
	@$(MANAGE) makemigrations --check --dry-run
	@echo "== Django: settings fit for production"
	@DEBUG=0 ALLOWED_HOSTS=second-look.example $(MANAGE) check --deploy --fail-level WARNING
	@echo "== pytest"
	@$(PYTHON) -m pytest $(PARALLEL) $(if $(CHROMIUM),,--ignore=tests/browser) $(PYTEST_ARGS)
	@if [ -z "$$CHROMIUM" ]; then \
	    echo "############################################################"; \
	    echo "##  NOT RUN: tests/browser. There is no Chromium here.    ##"; \
	    echo "##  Install one (Debian: apt-get install chromium), or    ##"; \
	    echo "##  name it: make test CHROMIUM=/path/to/chromium         ##"; \
	    echo "############################################################"; \
	fi
	@echo "== Everything passed$(if $(CHROMIUM),,, except the browser tests, which were not run)"

fix: requirements
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

screenshots: setup
	@$(PYTHON) -m pytest -q tests/browser/screenshots.py
	@echo "== Look at them in var/screenshots"

# Outside `make test`: it needs Node, and its figures depend on how busy the machine is.
lighthouse: setup
	@if [ -z "$$CHROMIUM" ] || ! command -v npm >/dev/null; then \
	    echo "Lighthouse needs Chromium, Node and npm." >&2; exit 1; \
	fi
	@cd tests/lighthouse && if ! cmp -s package-lock.json node_modules/installed-lock.json; then \
	    npm ci --ignore-scripts && cp package-lock.json node_modules/installed-lock.json; \
	fi
	@DEBUG=0 ALLOWED_HOSTS=127.0.0.1 $(MANAGE) collectstatic --noinput --verbosity 0
	@node tests/lighthouse/run.js

messages: requirements
	@$(PYTHON) -m config.messages

# Its own environment inside .venv, so that spaCy and what it brings never meet the tests; `make clean` removes both.
BENCH_PYTHON = .venv/bench/bin/python
# What is it made of, and is something known to be wrong with it? Outside `make test`: it asks a server for what is known.
AUDIT = var/audit/bin
var/audit/installed-requirements.txt: requirements-audit.txt | requirements
	@echo "== Installing the locked tools of the audit"
	@$(PYTHON) -m venv --clear var/audit
	@$(AUDIT)/python -m pip install --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@cp requirements-audit.txt $@

audit: var/audit/installed-requirements.txt
	@echo "== bandit: our own code, medium and worse"
	@$(AUDIT)/bandit --quiet --recursive --severity-level medium assessments config posts manage.py
	@echo "== pip-audit: what is known about the locked packages"
	@$(PYTHON) -m config.audit $(AUDIT)/pip-audit requirements.txt requirements-screenshots.txt requirements-bulk.txt requirements-dev.txt

sbom: var/audit/installed-requirements.txt
	@mkdir -p var
	@$(AUDIT)/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml \
	    --output-file var/sbom.json requirements-screenshots.txt
	@echo "== Written: var/sbom.json (CycloneDX), from requirements-screenshots.txt: all that a server may have"

bench: requirements
	@if ! cmp -s requirements-bench.txt .venv/bench/installed-requirements.txt; then \
	    echo "== Installing the locked requirements of the bench"; \
	    $(PYTHON) -m venv --clear .venv/bench \
	    && $(BENCH_PYTHON) -m pip install --disable-pip-version-check --require-hashes -r requirements-bench.txt \
	    && cp requirements-bench.txt .venv/bench/installed-requirements.txt; \
	fi
	@PRODUCT_PYTHON=$(PYTHON) $(BENCH_PYTHON) -m bench

# For every platform and Python at once, with hashes, and without the address of any index. `make lock UPGRADE=--upgrade`
# takes the newest releases that pyproject.toml allows.
UPGRADE ?=
COMPILE = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-annotate --no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)
LOCK = $(COMPILE) pyproject.toml
LOCK_GROUP = $(COMPILE) --group
lock: requirements
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra screenshots --constraint requirements.txt --output-file requirements-screenshots.txt
	$(LOCK) --extra parquet --extra distributed --constraint requirements.txt --output-file requirements-bulk.txt
	$(LOCK) --extra dev --extra screenshots --extra parquet --extra distributed --constraint requirements.txt \
	    --constraint requirements-bulk.txt --output-file requirements-dev.txt
	$(LOCK) --extra bench --constraint requirements-dev.txt --output-file requirements-bench.txt
	$(LOCK_GROUP) audit --constraint requirements-dev.txt --output-file requirements-audit.txt

clean:
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m config.embedded_postgres stop; fi
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis staticfiles tests/lighthouse/node_modules var/audit
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
	@echo "Kept: .env and the database. Before cleaning, 'python -m config.embedded_postgres remove' removes the latter."
