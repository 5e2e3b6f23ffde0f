#!/bin/sh
# Makes what compose.yaml needs, once: ./make_secrets.sh example.org
# Random secrets in secrets/, and .env with the name of the site. Nothing that is there is ever written over.
set -eu
umask 077
cd "$(dirname "$0")"

if [ $# -ne 1 ]; then
    echo "Say under which name the site is reached: ./make_secrets.sh example.org" >&2
    exit 2
fi
for there in .env secrets; do
    if [ -e "$there" ]; then
        echo "$(pwd)/$there is there already, and is left as it is. Losing its keys would lose the posts." >&2
        exit 1
    fi
done
command -v openssl >/dev/null || { echo "openssl is missing: apt-get install openssl" >&2; exit 1; }

# Letters that may stand in an address as they are.
random() { openssl rand -base64 "$1" | tr -d '\n' | tr '+/' '-_'; }

mkdir secrets.new
password=$(random 33)
printf '%s' "$password" > secrets.new/database_password
{
    echo "SECRET_KEY=$(random 48)"
    echo "FIELD_ENCRYPTION_KEYS=$(random 32)"
    echo "DATABASE_URL=postgresql://second_look:$password@database:5432/second_look"
} > secrets.new/product.env
# The accounts inside the containers have to read the files; the folder keeps everybody else out.
chmod 0444 secrets.new/*
printf 'DOMAIN=%s\n' "$1" > .env
mkdir -p backups
# The account inside the containers writes there; only root can give it away.
[ "$(id -u)" -ne 0 ] || chown 10001:10001 backups
mv secrets.new secrets
echo "Made: $(pwd)/secrets and $(pwd)/.env"
echo
echo "Now copy FIELD_ENCRYPTION_KEYS from secrets/product.env to a safe place that is NOT this machine: without it nobody"
echo "can ever read the posts again, and no backup holds it."
