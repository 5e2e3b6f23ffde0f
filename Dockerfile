# The product as an image: docker build -t second-look .
#
# NOT RUN: no container engine was at hand where this was written. hadolint reads it without a word, and
# deploy/try_image_steps.py plays its steps in a Debian 13 of its own (docs/operators-guide.md, "What was tried").
#
# What makes it the same every time: one version of Python, packages by hash from the lock file, wheels only, byte code and
# static files whose contents do not depend on the clock. The digest of the base image could not be asked for here: pin it
# with --build-arg PYTHON_IMAGE=python:3.13.9-slim-trixie@sha256:… (`docker buildx imagetools inspect` tells it).
ARG PYTHON_IMAGE=python:3.13.9-slim-trixie

FROM ${PYTHON_IMAGE} AS build
# requirements-screenshots.txt for servers that read pictures: about 400 MB more, and 600 MB of memory while one is read.
ARG REQUIREMENTS=requirements.txt
ARG SOURCE_DATE_EPOCH=1767225600
ENV SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH} \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/second-look
RUN python -m venv --without-pip /opt/venv
COPY ${REQUIREMENTS} locked.txt
# Wheels only: nothing is compiled, so no compiler is ever needed. No RECORD of pip's own choices is left behind.
RUN python -m pip --python /opt/venv/bin/python install --no-compile --only-binary :all: --require-hashes -r locked.txt
COPY manage.py ./
COPY config config
COPY posts posts
COPY assessments assessments
COPY templates templates
COPY static static
COPY deploy/healthcheck.py deploy/
# collectstatic asks for settings and uses none of them. Byte code that asks nobody whether its source has changed.
RUN SECRET_KEY=unused FIELD_ENCRYPTION_KEYS=unused ALLOWED_HOSTS=unused DATABASE_URL=postgresql://unused/unused \
    /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && /opt/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/venv/lib . \
    && rm locked.txt


FROM ${PYTHON_IMAGE} AS product
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WEB_BIND=0.0.0.0:8000
# A number that is nobody on the host. Everything below belongs to root, so the product cannot change itself.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin second-look \
    && install --directory --owner=10001 --group=10001 --mode=0755 /run/second-look
WORKDIR /srv/second-look
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/second-look /srv/second-look
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# Says nothing about the database: a database that is down must not restart every web server.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --start-interval=2s CMD ["python", "-I", "deploy/healthcheck.py"]
CMD ["python", "-m", "gunicorn", "--config", "python:config.serving", "config.wsgi"]


# With PostgreSQL's programs for backups and restore drills. Its own image, so that what faces the world does not have them.
FROM product AS operations
USER 0:0
# 17 is what Debian 13 has, and what compose.yaml runs: a pg_dump must be as new as its server.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log
USER 10001:10001
HEALTHCHECK NONE
CMD ["python", "manage.py", "help"]


# The last one is what `docker build` makes when nobody says which.
FROM product
