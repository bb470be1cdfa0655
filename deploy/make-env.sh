#!/bin/sh
# Writes .env for compose.yaml, with new secrets, once:
#   sh deploy/make-env.sh video.club.example
# The name must lead to this server, which gets its certificate by it; "localhost" is for a look.
set -eu
host=${1:-}
file=${2:-.env}
case $host in
    '' | *[!a-z0-9.-]* | .* | -*) echo "error: say the name under which people reach the portal, like video.club.example" >&2; exit 2 ;;
esac
if [ -e "$file" ]; then
    echo "error: $file is there already; its secrets belong to the database, so it is not overwritten" >&2
    exit 1
fi

# 32 random bytes in hexadecimal: fit for a URL, too.
secret() { od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n'; }

umask 077
cat > "$file" <<END
# For compose.yaml. Keep a copy where the backups are, and show it to nobody.
COMPOSE_PROJECT_NAME=heartbeat
PORTAL_HOST=$host
NEXTAUTH_SECRET=$(secret)
PORTAL_DATABASE_PASSWORD=$(secret)

# How many workers cut clips; each uses about two cores.
WORKERS=1

# Any variable of the README's "Configuration" may follow, like OIDC_ISSUER or SIGNIN_ROLES.
END
echo "$file is written. Next: docker compose up --detach --build --wait"
