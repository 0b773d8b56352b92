# shellcheck shell=bash
# A private PostgreSQL: TCP on the loopback only, a password for every login, one database and one login per service.

postgres_settings() {
  echo listen_addresses=127.0.0.1
  # No socket: its path has a limit of 107 bytes, and this way every login gives its password.
  echo unix_socket_directories=
  postgres_common_settings
}

postgres_common_settings() {
  echo client_connection_check_interval=5s
  echo idle_in_transaction_session_timeout=60s   # a forgotten transaction would stall the projections
  echo max_connections=200
  echo shared_buffers="${LUODI_POSTGRES_BUFFERS:-64MB}"
  echo work_mem=16MB
  echo jit=off   # it takes longer to compile a question than to answer it
  echo max_wal_size=256MB
  echo min_wal_size=64MB
  echo log_lock_waits=on
}

# The newest version, or the one that made the data.
postgres_bin() {
  local version=''
  if [[ -e $LUODI_HOME/data/postgres ]]; then version=$(cat "$LUODI_HOME/data/postgres/cluster/PG_VERSION" 2>/dev/null || true); fi
  # shellcheck disable=SC2012 # the paths are Debian's own, with nothing to escape
  ls -d /usr/lib/postgresql/${version:-*}/bin 2>/dev/null | sort -V | tail -n 1
}

postgres_installed() { [[ -x $(postgres_bin)/postgres ]]; }

# A server and all its processes have their data folder as working directory.
postgres_pids() {
  local folder process
  find /proc/[0-9]*/cwd -maxdepth 0 -printf '%l\t%h\n' 2>/dev/null | while IFS=$'\t' read -r folder process; do
    if [[ $folder == "$1" ]]; then echo "${process#/proc/}"; fi
  done || true
}

postgres_deserted() { [[ -z $(postgres_pids "$1") ]]; }

# After kill -9 of the server its workers live on for a moment, and a new server beside them would ruin the data. The
# lock file that is left behind may by now have the number of a stranger or of a zombie, and would be believed for
# ever: with nobody in the folder it means nothing.
postgres_vacate() {
  local cluster=$1 server
  server=$(head -n 1 "$cluster/postmaster.pid" 2>/dev/null || true)
  if [[ -n $server ]] && postgres_pids "$cluster" | grep -qx "$server"; then
    fail "PostgreSQL (pid $server) works on $cluster, and there is no record of who started it. End it first: kill -INT $server"
  fi
  if ! await 10 postgres_deserted "$cluster"; then
    postgres_pids "$cluster" | xargs -r kill -9 || true
    await 5 postgres_deserted "$cluster" || fail "Processes of a dead PostgreSQL do not leave $cluster."
  fi
  rm -f "$cluster/postmaster.pid"
}

postgres_start() {
  local folder cluster settings=() setting
  if in_docker postgres; then postgres_start_container; return; fi
  folder=$(part_folder postgres postgres)
  cluster=$folder/cluster
  as postgres
  [[ -d $cluster ]] || postgres_create "$folder"
  postgres_vacate "$cluster"
  while read -r setting; do settings+=(-c "$setting"); done < <(postgres_settings)
  launch postgres postgres_run "$cluster" "${settings[@]}"
  await 120 postgres_answers || { log_tail postgres; fail "PostgreSQL did not start."; }
  postgres_databases
}

postgres_create() {
  local folder=$1
  rm -rf "$folder/new"
  password postgres admin >"$folder/password"
  (( EUID != 0 )) || chown postgres: "$folder/password"
  # Renamed only when complete: a half-made one is never used.
  (cd / && "${AS[@]}" "$(postgres_bin)/initdb" -D "$folder/new" -U luodi_admin -A scram-sha-256 \
    --pwfile="$folder/password" -E UTF8 --locale=C.UTF-8) >>"$LOGS/postgres.log" 2>&1 9>&- \
    || { log_tail postgres; fail "PostgreSQL could not create its data folder."; }
  rm "$folder/password"
  mv "$folder/new" "$folder/cluster"
}

postgres_run() {
  local cluster=$1; shift
  cd /
  exec setsid "${AS[@]}" "$(postgres_bin)/postgres" -D "$cluster" -p "$(port_of postgres)" "$@"
}

postgres_answers() {
  running postgres || { log_tail postgres; fail "PostgreSQL stopped."; }
  if in_docker postgres; then docker exec "$(container_of postgres)" pg_isready -q -h 127.0.0.1
  else "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$(port_of postgres)"; fi
}

# The same script makes the databases of docker-compose.yml.
postgres_databases() {
  local name script=$CHECKOUT/deploy/docker/postgres-init.sh
  (
    export PGUSER=luodi_admin
    PGPASSWORD=$(password postgres admin); export PGPASSWORD
    for name in "${STORES[@]}"; do
      export "POSTGRES_${name^^}_PASSWORD=$(password postgres "$name")" "POSTGRES_${name^^}_OWNER_PASSWORD=$(password postgres "$name-owner")"
    done
    if in_docker postgres; then
      docker exec -i -e PGUSER -e PGPASSWORD $(for name in "${STORES[@]}"; do echo "-e POSTGRES_${name^^}_PASSWORD -e POSTGRES_${name^^}_OWNER_PASSWORD"; done) \
        "$(container_of postgres)" bash -s <"$script"
    else
      PATH=$(postgres_bin):$PATH PGHOST=127.0.0.1 PGPORT=$(port_of postgres) bash "$script"
    fi
  ) >>"$LOGS/postgres.log" 2>&1 9>&- || { log_tail postgres; fail "The databases could not be made."; }
}

postgres_start_container() {
  local settings=() setting
  while read -r setting; do settings+=(-c "$setting"); done < <(postgres_common_settings)
  POSTGRES_PASSWORD=$(password postgres admin) container_start postgres -p "127.0.0.1:$(port_of postgres):5432" \
    -v "$(container_of postgres):/var/lib/postgresql/data" -e POSTGRES_USER=luodi_admin -e POSTGRES_PASSWORD postgres:17 "${settings[@]}"
  await 120 postgres_answers || { docker logs --tail 20 "$(container_of postgres)" >&2; fail "PostgreSQL did not start."; }
  postgres_databases
}
