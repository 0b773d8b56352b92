#!/bin/bash
# One database and one login per service; no login reaches another's database. Run again it changes nothing but the
# passwords. The passwords come as POSTGRES_<SERVICE>_PASSWORD, the server as psql's own variables.
set -euo pipefail
export PGUSER=${PGUSER:-${POSTGRES_USER:-postgres}}

for service in projects funds signings reporting audit portal; do
  password=POSTGRES_${service^^}_PASSWORD
  : "${!password:?}"
  # On stdin, so that no password is seen in a list of processes.
  psql -v ON_ERROR_STOP=1 -qAtX -d postgres <<SQL
SELECT 'CREATE ROLE luodi_$service LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'luodi_$service') \gexec
ALTER ROLE luodi_$service PASSWORD '${!password}';
SELECT 'CREATE DATABASE luodi_$service OWNER luodi_$service' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'luodi_$service') \gexec
REVOKE ALL ON DATABASE luodi_$service FROM PUBLIC;
SQL
done
