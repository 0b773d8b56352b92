#!/bin/bash
# One database and two logins per service: one that owns the schema and changes it, and one that works with it and cannot
# touch what is written once. No login reaches another's database. Run again it changes nothing but the passwords. They
# come as POSTGRES_<SERVICE>_PASSWORD and POSTGRES_<SERVICE>_OWNER_PASSWORD, the server as psql's own variables.
set -euo pipefail
export PGUSER=${PGUSER:-${POSTGRES_USER:-postgres}}

for service in projects funds signings reporting audit portal; do
  password=POSTGRES_${service^^}_PASSWORD
  owner=POSTGRES_${service^^}_OWNER_PASSWORD
  : "${!password:?}" "${!owner:?}"
  # On stdin, so that no password is seen in a list of processes.
  psql -v ON_ERROR_STOP=1 -qAtX -d postgres <<SQL
SELECT 'CREATE ROLE luodi_$service LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'luodi_$service') \gexec
SELECT 'CREATE ROLE luodi_${service}_owner LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'luodi_${service}_owner') \gexec
ALTER ROLE luodi_$service PASSWORD '${!password}';
ALTER ROLE luodi_${service}_owner PASSWORD '${!owner}';
SELECT 'CREATE DATABASE luodi_$service OWNER luodi_${service}_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'luodi_$service') \gexec
ALTER DATABASE luodi_$service OWNER TO luodi_${service}_owner;
REVOKE ALL ON DATABASE luodi_$service FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE luodi_$service TO luodi_$service;
-- Of before the schema had an owner of its own.
\c luodi_$service
REASSIGN OWNED BY luodi_$service TO luodi_${service}_owner;
SQL
done
