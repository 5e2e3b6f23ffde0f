#!/bin/sh
# A release in a folder of its own beside the one that runs: deploy/make_release.sh v1.2, as root, in the checkout.
# Takes what git knows under that name, with its own packages and static files. Touches nothing that runs:
# docs/upgrading.md says how to switch to it, and back.
set -eu
umask 022
home=${SECOND_LOOK_HOME:-/opt/second-look}
requirements=${REQUIREMENTS:-requirements.txt}

[ $# -eq 1 ] || { echo "Say which tag or commit: deploy/make_release.sh v1.2" >&2; exit 2; }
cd "$(dirname "$0")/.."
target=$home/releases/$1
[ ! -e "$target" ] || { echo "$target is there already." >&2; exit 1; }

rm -rf "$target.unfinished"
mkdir -p "$target.unfinished"
git archive --format=tar "$1" | tar -x --no-same-permissions -C "$target.unfinished"
cd "$target.unfinished"
python3 -m venv --without-pip .venv
python3 -m venv .pip
.pip/bin/python -m pip --python .venv/bin/python install --disable-pip-version-check --no-cache-dir --only-binary :all: \
    --require-hashes -r "$requirements"
rm -rf .pip
# collectstatic asks for settings and uses none of them.
SECRET_KEY=unused FIELD_ENCRYPTION_KEYS=unused ALLOWED_HOSTS=unused DATABASE_URL=postgresql://unused/unused \
    .venv/bin/python manage.py collectstatic --noinput --verbosity 0
.venv/bin/python -m compileall -q .venv/lib assessments config posts
# The settings read it; the file itself is in one place for all releases.
ln -s /etc/second-look/second-look.env .env
mv "$target.unfinished" "$target"
echo "Made: $target. Not in use yet: docs/upgrading.md."
