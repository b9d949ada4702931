#!/bin/sh
# A dated copy of the database, made while the bot runs; the newest 14 are kept. In /etc/cron.d/svodka:
#   15 3 * * * svodka /opt/svodka/backup.sh /var/lib/svodka/backups
# Cron knows nothing of the bot's settings: where the database is, is said here.
set -eu
export DATABASE_URL="${DATABASE_URL:-sqlite:////var/lib/svodka/data/svodka.db}"
folder=${1:?usage: backup.sh FOLDER}
mkdir -p "$folder"
"${SVODKA:-/opt/svodka/bin/svodka}" backup "$folder/svodka-$(date -u +%Y%m%d-%H%M%S).db"
find "$folder" -name 'svodka-*.db' | sort | head -n -14 | xargs -r rm --
