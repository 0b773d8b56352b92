# shellcheck shell=bash
# What deploy/up, down, demo, status, token and tests/run share. Sourced, never run.
#
# A part is postgres, rabbitmq or one of the services. Everything that belongs to one running Luodi stands below
# LUODI_HOME and listens on 127.0.0.1 from LUODI_PORT upwards, so that several can run beside each other.
set -euo pipefail
umask 077

CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
LUODI_HOME=$(realpath -m "${LUODI_HOME:-$CHECKOUT/.luodi}")
# A home keeps the port it was started on: `deploy/down` or `deploy/token` need not be told again.
LUODI_PORT=${LUODI_PORT:-$(cat "$LUODI_HOME/port" 2>/dev/null || echo 5080)}
RUN=$LUODI_HOME/run LOGS=$LUODI_HOME/logs KEYS=$LUODI_HOME/keys
CLIENT=$CHECKOUT/deploy/client/bin/Release/net10.0/Luodi.Client.dll
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

SERVICES=(signings projects funds reporting audit portal witness)
STORES=(signings projects funds reporting audit portal)
PARTS=(postgres rabbitmq "${SERVICES[@]}")

# A terminal that was closed takes no more words: that must not end what goes on, least of all the cleaning up.
say() { printf '%s\n' "$*" >&2 || true; }
fail() { say "$*"; exit 1; }

# ---- Ports, passwords, and what a service is told ----

port_of() {
  case $1 in
    portal) echo "$LUODI_PORT" ;;
    postgres) echo $((LUODI_PORT + 1)) ;;
    rabbitmq) echo $((LUODI_PORT + 2)) ;;
    epmd) echo $((LUODI_PORT + 5)) ;;
    signings) echo $((LUODI_PORT + 10)) ;;
    projects) echo $((LUODI_PORT + 11)) ;;
    funds) echo $((LUODI_PORT + 12)) ;;
    reporting) echo $((LUODI_PORT + 13)) ;;
    audit) echo $((LUODI_PORT + 14)) ;;
    witness) echo $((LUODI_PORT + 15)) ;;
    *) fail "There is no part '$1'. The parts: ${PARTS[*]}." ;;
  esac
}

# password SERVER LOGIN: made at the first question, kept for its owner alone. Hexadecimal, so that no URL, SQL or
# JSON around it needs escaping.
password() {
  local file=$LUODI_HOME/passwords/$1-$2
  if [[ ! -s $file ]]; then
    mkdir -p "${file%/*}"
    od -An -vtx1 -N20 /dev/urandom | tr -d ' \n' >"$file.new"
    mv "$file.new" "$file"
  fi
  cat "$file"
}

# What one service is told, as KEY=VALUE lines. docker-compose.yml tells the same keys.
service_environment() {
  local name=$1 other
  echo "ASPNETCORE_URLS=http://127.0.0.1:$(port_of "$name")"
  echo "ASPNETCORE_ENVIRONMENT=Production"
  # It knows the log's public keys and nothing else of Luodi, as one on another machine would.
  if [[ $name == witness ]]; then
    echo "Witness__Folder=$LUODI_HOME/witness"
    echo "Witness__Name=luodi/nanhu/witness"
    { cat "$LUODI_HOME/data/log-keys" 2>/dev/null || echo; } | awk '{ print "Witness__Logs__" NR - 1 "=" $0 }'
    return
  fi
  # The check interval: a service killed with -9 must not keep its locks (48 seconds were seen without it).
  # No limit for idle transactions: the relay keeps its leader's lock in one, and the server would take it away every minute.
  echo "ConnectionStrings__Store=Host=127.0.0.1;Port=$(port_of postgres);Database=luodi_$name;Username=luodi_$name;Password=$(password postgres "$name");Options=-c client_connection_check_interval=1000 -c idle_in_transaction_session_timeout=0;Maximum Pool Size=20"
  echo "ConnectionStrings__Broker=amqp://luodi_$name:$(password rabbitmq "$name")@127.0.0.1:$(port_of rabbitmq)/"
  # The schema is made before, by its owner.
  echo "Luodi__Migrate=false"
  echo "Luodi__Bureau=nanhu"
  for other in "${STORES[@]}"; do echo "Luodi__Services__$other=http://127.0.0.1:$(port_of "$other")"; done
  # Tokens come from the portal; plain HTTP is for the loopback alone.
  echo "Auth__Issuer=http://127.0.0.1:$LUODI_PORT/"
  echo "Auth__Authority=http://127.0.0.1:$LUODI_PORT/"
  echo "Auth__AllowHttp=true"
  if [[ $name == portal ]]; then
    echo "Auth__Keys=$KEYS"
    echo "Auth__KeyPassword=$(password portal keys)"
    for other in "${STORES[@]}"; do [[ $other == portal ]] || echo "Auth__Services__$other=$(password client "$other")"; done
  else
    echo "Auth__ClientSecret=$(password client "$name")"
  fi
  # The keys of the log are no one's but Audit's.
  if [[ $name == audit ]]; then
    echo "Audit__Keys=$LUODI_HOME/log-keys"
    echo "Audit__Checkpoints=$LUODI_HOME/checkpoints"
    echo "Audit__Witnesses__0__Url=http://127.0.0.1:$(port_of witness)"
    echo "Audit__Witnesses__0__Key=$(cat "$LUODI_HOME/data/witness-key" 2>/dev/null || true)"
  fi
}

# What a service is told beside that when it changes the schema: the login that owns it.
owner_environment() {
  echo "ConnectionStrings__Owner=Host=127.0.0.1;Port=$(port_of postgres);Database=luodi_$1;Username=luodi_$1_owner;Password=$(password postgres "$1-owner")"
}

# The demo's accounts: their names are in Portal/Accounts/FirstAccounts.cs.
DEMO_ACCOUNTS=(staff staff2 staff3 manager auditor sysadmin secadmin)

# account_password LOGIN: with a letter of each kind, as any password policy wants it.
account_password() { echo "Luodi-$(password account "$1" | cut -c1-16)-x7"; }

# ---- One run at a time ----

# Whatever is left running must not inherit descriptor 9, or it would hold the lock for ever.
lock() {
  (umask 022 && mkdir -p "$LUODI_HOME/data")
  mkdir -p "$RUN" "$LOGS"
  exec 9>>"$LUODI_HOME/lock"
  flock -n 9 || { say "busy: another run works on $LUODI_HOME"; exit 75; }
}

# ---- Processes ----

# Field 22 of /proc/PID/stat; with the boot id it tells a process from a later one of the same number. A zombie is gone.
start_time() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  read -ra stat <<<"${stat##*) }"
  [[ ${stat[0]} != Z ]] && echo "${stat[19]}"
}

BOOT=$(</proc/sys/kernel/random/boot_id)

# record NAME PID
record() { echo "$2 $(start_time "$2") $BOOT" >"$RUN/$1.new" && mv "$RUN/$1.new" "$RUN/$1"; }

# A part in a container is recorded as `docker CONTAINER`.
running() {
  local pid start boot
  { read -r pid start boot <"$RUN/$1"; } 2>/dev/null || return 1
  if [[ $pid == docker ]]; then [[ $(docker inspect -f '{{.State.Running}}' "$start" 2>/dev/null) == true ]]; return; fi
  [[ $boot == "$BOOT" && $start == "$(start_time "$pid")" ]]
}

pid_of() { running "$1" && cut -d' ' -f1 "$RUN/$1"; }

# await SECONDS COMMAND...
await() {
  local end=$((SECONDS + $1)); shift
  until "$@"; do (( SECONDS < end )) || return 1; sleep 0.1; done
}

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

started=()   # what this run started, and would stop again if it cannot finish

# launch NAME COMMAND...: COMMAND ends in `exec setsid ...`, so that neither Ctrl-C nor a closed terminal reaches it.
# The empty record comes first and the process writes its own: an interrupt in between still finds it.
launch() {
  local name=$1; shift
  : >"$RUN/$name"
  started+=("$name")
  (record "$name" "$BASHPID"; "$@") </dev/null >>"$LOGS/$name.log" 2>&1 9>&- &
  await 5 test -s "$RUN/$name" || fail "$name could not be started."
}

signal() {
  local pid
  if pid=$(pid_of "$1"); then kill -s "$2" "$pid" 2>/dev/null || true; fi
}

# stop NAME [SIGNAL]: by its record only; a process that merely has the recorded number is left alone.
stop() {
  [[ -e $RUN/$1 ]] || return 0
  await 2 test -s "$RUN/$1" || true
  if [[ $(cat "$RUN/$1") == docker\ * ]]; then
    container_stop "$(cut -d' ' -f2 "$RUN/$1")"
  else
    signal "$1" "${2:-TERM}"
    await 30 stopped "$1" || { say "$1 does not stop: killed"; signal "$1" KILL; await 10 stopped "$1"; }
  fi
  rm -f "$RUN/$1"
}

stopped() { ! running "$1"; }

log_tail() {
  say "--- the end of $LOGS/$1.log:"
  tail -n "${2:-20}" "$LOGS/$1.log" >&2 || true
}

# demand_port PART: a foreign listener would answer our health checks in the part's place.
demand_port() {
  ! listening "$(port_of "$1")" || fail "Port $(port_of "$1") ($1) is taken by another program. Choose other ports: LUODI_PORT=5180 deploy/up"
}

# ---- Getting PostgreSQL and RabbitMQ ----

may_install() { command -v apt-get >/dev/null && { (( EUID == 0 )) || sudo -n true 2>/dev/null; }; }

# install_packages PACKAGE...
install_packages() {
  local root=()
  (( EUID == 0 )) || root=(sudo -n)
  say "installing $* (log: $LOGS/install.log)"
  "${root[@]}" apt-get -qq update >>"$LOGS/install.log" 2>&1 9>&- || true
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" \
    >>"$LOGS/install.log" 2>&1 9>&- || { log_tail install; return 1; }
}

in_docker() { [[ -e $LUODI_HOME/data/$1.docker ]]; }

# provide PART...: makes sure each can be started here. What began in a container stays there, with its data.
provide() {
  local part missing=() packages=() names=()
  for part in "$@"; do
    in_docker "$part" || "${part}_installed" || missing+=("$part")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  for part in "${missing[@]}"; do
    case $part in
      postgres) packages+=(postgresql) names+=(PostgreSQL) ;;
      rabbitmq) packages+=(rabbitmq-server) names+=(RabbitMQ) ;;
    esac
  done
  if may_install && install_packages "${packages[@]}"; then return; fi
  if docker info >/dev/null 2>&1; then
    for part in "${missing[@]}"; do say "$part runs in Docker"; : >"$LUODI_HOME/data/$part.docker"; done
    return
  fi
  fail "Missing here: ${names[*]}. Ask an administrator to run: apt-get install ${packages[*]}"
}

# as USER: fills AS with what runs a command as that user. PostgreSQL refuses root; RabbitMQ has no need of it.
as() {
  AS=()
  (( EUID != 0 )) || AS=(setpriv "--reuid=$1" "--regid=$1" --init-groups --)
}

# part_folder PART USER: the part's own folder. Where its user cannot come below the checkout (a home folder of mode
# 700, say), it stands under /var/lib and a link here leads to it.
part_folder() {
  local link=$LUODI_HOME/data/$1
  if [[ ! -e $link ]]; then
    as "$2"
    if "${AS[@]}" test -x "$LUODI_HOME/data"; then mkdir "$link"
    else ln -sfn "$(mktemp -d "/var/lib/luodi-$1.XXXXXX")" "$link"; fi
    (( EUID != 0 )) || chown "$2:" "$link/"
  fi
  realpath "$link"
}

container_of() { echo "luodi-$(printf %s "$LUODI_HOME" | sha256sum | cut -c1-8)-$1"; }

# container_start PART DOCKER-RUN-ARGUMENTS...: what a kill left behind is replaced; the data is in the volume.
container_start() {
  local part=$1 name; shift
  name=$(container_of "$part")
  started+=("$part")
  echo "docker $name" >"$RUN/$part"
  docker rm -f "$name" >/dev/null 2>&1 || true
  docker run -d --name "$name" "$@" >>"$LOGS/$part.log" 2>&1 9>&- || { log_tail "$part"; fail "Docker did not start $part."; }
}

container_stop() { docker stop -t 30 "$1" >/dev/null 2>&1 || true; docker rm -f "$1" >/dev/null 2>&1 || true; }

# shellcheck source=deploy/parts/postgres.sh
. "$CHECKOUT/deploy/parts/postgres.sh"
# shellcheck source=deploy/parts/rabbitmq.sh
. "$CHECKOUT/deploy/parts/rabbitmq.sh"
# shellcheck source=deploy/parts/services.sh
. "$CHECKOUT/deploy/parts/services.sh"

# ---- Up and down ----

# Until finish is called, whatever ends this run also stops what it started.
undo_unless_finished() {
  trap 'exit 130' INT
  trap 'exit 129' HUP
  trap 'exit 143' TERM
  trap undo EXIT
}

undo() {
  local rc=$?
  trap '' INT HUP TERM
  trap - EXIT
  if [[ ${#started[@]} -gt 0 ]]; then
    say "not finished: stopping what this run started"
    down_parts "${started[@]}" || true
  fi
  exit "$rc"
}

finish() { trap - INT HUP TERM EXIT; started=(); }

# up_parts PART...: starts those that do not run yet, and returns when they are ready.
up_parts() {
  local part services=() servers=() rabbitmq=old
  for part in "$@"; do
    port_of "$part" >/dev/null
    ! running "$part" || continue
    case $part in
      postgres | rabbitmq) servers+=("$part") ;;
      *) services+=("$part") ;;
    esac
  done
  remember_port
  if [[ ${#servers[@]} -gt 0 ]]; then provide "${servers[@]}"; fi
  if [[ ${#services[@]} -gt 0 ]]; then build; fi
  for part in "${servers[@]}"; do
    say "starting $part"
    demand_port "$part"
    "${part}_start"
    say "$part ready on port $(port_of "$part")"
    [[ $part != rabbitmq ]] || rabbitmq=new
  done
  if [[ ${#services[@]} -gt 0 ]]; then
    services_start "${services[@]}"
    if running portal; then accounts; fi
  fi
  if running rabbitmq && [[ $rabbitmq == new || ${#services[@]} -gt 0 ]]; then
    # Services that ran before declare their queues on the new node; they need not have succeeded for us to go on.
    if [[ $rabbitmq == new ]]; then services_await_broker; fi
    rabbitmq_sync
  fi
}

# down_parts PART...: those who use before those who are used.
down_parts() {
  local part
  for part in "$@"; do
    case $part in postgres | rabbitmq | epmd) ;; *) signal "$part" TERM ;; esac
  done
  for part in "${SERVICES[@]}" rabbitmq postgres; do
    if [[ " $* " == *" $part "* && -e $RUN/$part ]]; then
      case $part in
        postgres) stop postgres INT ;;   # fast: open transactions are rolled back
        rabbitmq) stop rabbitmq ;;
        *) stop "$part" ;;
      esac
      say "$part stopped"
    fi
  done
  if [[ " $* " == *" rabbitmq "* || " $* " == *" epmd "* ]] && ! running rabbitmq; then stop epmd; fi
}

remember_port() {
  local part
  if [[ $(cat "$LUODI_HOME/port" 2>/dev/null) != "$LUODI_PORT" ]]; then
    for part in "${PARTS[@]}"; do
      ! running "$part" || fail "$LUODI_HOME already runs on port $(cat "$LUODI_HOME/port"). First: LUODI_HOME=$LUODI_HOME deploy/down"
    done
    echo "$LUODI_PORT" >"$LUODI_HOME/port"
  fi
}

# ---- A system of one's own, for tests and benchmarks ----

# own_system NAME: one run of this kind at a time on the home. The lock of the home itself is for deploy/up and deploy/down,
# which the run calls too; they do not inherit this one.
own_system() {
  (umask 022 && mkdir -p "$LUODI_HOME")
  exec 8>>"$LUODI_HOME/$1.lock"
  flock -n 8 || { say "busy: other $1 run on $LUODI_HOME"; exit 75; }
}

deploy() { "$CHECKOUT/deploy/$1" "${@:2}" 8>&-; }

# stop_at_the_end: whatever ends this run, the system is stopped.
stop_at_the_end() {
  trap 'exit 130' INT
  trap 'exit 129' HUP
  trap 'exit 143' TERM
  trap stop_system EXIT
}

stop_system() {
  local rc=$?
  trap '' INT HUP TERM
  trap - EXIT
  deploy down >/dev/null 2>&1 || { say "deploy/down failed"; rc=1; }
  exit "$rc"
}

# wipe: a home without anything that happened in it. For tests; nothing may run in it.
wipe() {
  local part
  for part in postgres rabbitmq; do
    if in_docker "$part"; then docker volume rm -f "$(container_of "$part")" >/dev/null 2>&1 || true; fi
    if [[ -L $LUODI_HOME/data/$part ]]; then rm -rf "$(realpath "$LUODI_HOME/data/$part")"; fi
  done
  rm -rf "$LUODI_HOME"/{data,run,logs,keys,log-keys,witness,checkpoints,passwords,rabbitmq,port}
  (umask 022 && mkdir -p "$LUODI_HOME/data")
  mkdir -p "$RUN" "$LOGS"
}
