#!/bin/sh
# A dated copy of the database, made while the bot runs; the newest 14 are kept. For cron:
#   15 3 * * * svodka /opt/svodka/backup.sh /var/lib/svodka/backups
set -eu
folder=${1:?usage: backup.sh FOLDER}
mkdir -p "$folder"
svodka backup "$folder/svodka-$(date -u +%Y%m%d-%H%M%S).db"
find "$folder" -name 'svodka-*.db' | sort | head -n -14 | xargs -r rm --
