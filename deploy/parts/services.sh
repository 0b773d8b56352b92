# shellcheck shell=bash
# The .NET services, each one process.

demand_sdk() {
  (cd "$CHECKOUT" && dotnet --version) </dev/null >/dev/null 2>&1 || fail "The .NET SDK 10 is missing. Get it from https://dotnet.microsoft.com/download/dotnet/10.0, or without any rights:
  curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
  export PATH=\$HOME/.dotnet:\$PATH"
}

program_of() { echo "$CHECKOUT/services/${1^}/bin/Release/net10.0/Luodi.${1^}.dll"; }

# Not while a service runs: what it has not loaded yet, it would load from the new files.
build() {
  local name file
  demand_sdk
  for name in "${SERVICES[@]}"; do
    if running "$name"; then LUODI_BUILD=no; fi
  done
  if [[ ${LUODI_BUILD:-yes} != no ]]; then
    say "building (log: $LOGS/build.log)"
    # No build servers: they would stay behind, and hold what they inherit.
    (cd "$CHECKOUT" && dotnet build Luodi.slnx -c Release --disable-build-servers -nologo -tl:off -v minimal) 2>&1 </dev/null 9>&- \
      | tee "$LOGS/build.log" | sed -un 's/^ *\(Luodi[^ ]*\) -> .*/  built \1/p' >&2 \
      || { grep -E 'error|warning' "$LOGS/build.log" | sort -u | head -n 20 >&2; fail "The build failed: $LOGS/build.log"; }
  fi
  for file in "$CLIENT" $(for name in "${SERVICES[@]}"; do program_of "$name"; done); do
    [[ -e $file ]] || fail "Not built: $file. Run deploy/down, then deploy/up without LUODI_BUILD=no."
  done
}

services_start() {
  local name
  for name in "$@"; do demand_port "$name"; done
  schemas "$@"
  # The log and its witness know each other's public key: the log's is made first, then the witness starts.
  if [[ " $* " == *" witness "* ]]; then
    (schema_run audit keys) </dev/null 2>>"$LOGS/audit.log" 9>&- >"$LUODI_HOME/data/log-keys" || fail "The log has no keys."
    set -- witness ${*/witness/}
  fi
  for name in "$@"; do
    say "starting $name"
    launch "$name" service_run "$name"
    if [[ $name == witness ]]; then
      await 60 witness_key || { log_tail witness; fail "The witness does not answer."; }
    fi
  done
  services_await "${LUODI_START_SECONDS:-120}" "$@"
}

# schemas NAME...: brought up to date by their owner, where the program is another one than the last time.
schemas() {
  local name mark pids=()
  for name in "$@"; do
    [[ $name != witness ]] || continue
    mark=$LUODI_HOME/data/schema-$name
    [[ $(cat "$mark" 2>/dev/null) != "$(version_of "$name")" ]] || continue
    say "preparing the schema of $name"
    (schema_run "$name" >>"$LOGS/$name.log" 2>&1 && version_of "$name" >"$mark") </dev/null 9>&- & pids+=("$name:$!")
  done
  for name in "${pids[@]}"; do
    wait "${name#*:}" || { log_tail "${name%:*}"; fail "The schema of ${name%:*} could not be prepared."; }
  done
}

version_of() { stat -c '%Y %s' "$(program_of "$1")" "$(dirname "$(program_of "$1")")/Luodi.ServiceDefaults.dll"; }

schema_run() {
  local name=$1 line
  while IFS= read -r line; do export "${line?}"; done < <(service_environment "$name"; owner_environment "$name")
  cd "$CHECKOUT/services/${name^}"
  exec dotnet "$(program_of "$name")" "${2:-migrate}"
}

witness_key() {
  local key
  # shellcheck disable=SC2016 # the inner shell expands it
  key=$(timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && printf "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 && tail -n 1 <&3' "$(port_of witness)" 2>/dev/null) || return 1
  [[ $key == *+*+* ]] && echo "$key" >"$LUODI_HOME/data/witness-key"
}

service_run() {
  local name=$1 line
  while IFS= read -r line; do export "${line?}"; done < <(service_environment "$name")
  # As `dotnet run` does: settings and static files are found from the project's folder.
  cd "$CHECKOUT/services/${name^}"
  exec setsid dotnet "$(program_of "$name")"
}

# The word that /health/ready answers: Healthy, Degraded or Unhealthy. Bash speaks enough HTTP for this; a fresh
# machine may have no curl.
health() {
  # shellcheck disable=SC2016 # the inner shell expands it
  timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && printf "GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 && tail -n 1 <&3' \
    "$(port_of "$1")" 2>/dev/null || true
}

# is_ready STATE SECONDS: a service that is Degraded works. Without a broker it is that at once; with one it may get over it, and what it
# has to say for longer (a comparison that found something, a source whose history has changed) is no reason to keep everybody out.
is_ready() { [[ $1 == Healthy ]] || { [[ $1 == Degraded ]] && { ! running rabbitmq || (( $2 >= 30 )); }; }; }

# services_await SECONDS NAME...
services_await() {
  local begin=$SECONDS end=$((SECONDS + $1)) told=$SECONDS name state waiting still; shift
  waiting=("$@")
  while :; do
    still=() state=''
    for name in "${waiting[@]}"; do
      running "$name" || { log_tail "$name" 40; fail "$name stopped."; }
      state=$(health "$name")
      if is_ready "$state" $((SECONDS - begin)); then
        say "$name ready on port $(port_of "$name") ($((SECONDS - begin)) s${state/#/, })"
        if [[ $state == Degraded ]] && running rabbitmq; then say "note: $name says what is wrong at http://127.0.0.1:$(port_of "$name")/health"; fi
      else still+=("$name"); fi
    done
    waiting=("${still[@]}")
    [[ ${#waiting[@]} -gt 0 ]] || return 0
    if (( SECONDS >= end )); then
      for name in "${waiting[@]}"; do log_tail "$name"; say "$name is not ready: '$(health "$name")'"; done
      fail "Not ready after $((SECONDS - begin)) s: ${waiting[*]}."
    fi
    if (( SECONDS >= told + 5 )); then told=$SECONDS; say "waiting for ${waiting[*]}"; fi
    sleep 0.1
  done
}

# Those that run already find the new node by themselves; this only gives them the time to, a minute in all.
services_await_broker() {
  local name end=$((SECONDS + 60))
  for name in "${STORES[@]}"; do
    if running "$name" && ! is_healthy "$name"; then
      say "waiting for $name to find RabbitMQ"
      await $((end - SECONDS)) is_healthy "$name" || say "note: $name is not ready: '$(health "$name")'"
    fi
  done
}

is_healthy() { [[ $(health "$1") == Healthy ]]; }

# On the first start, one system and one security administrator; their passwords are printed once. With LUODI_DEMO=yes
# they and the demo's accounts get passwords that are kept (deploy/password ACCOUNT).
accounts() {
  local mark=$LUODI_HOME/data/accounts
  if [[ ${LUODI_DEMO:-no} == yes && ! -e $mark-demo ]]; then
    portal_verb accounts && portal_verb demo && : >"$mark-demo" && : >"$mark"
  elif [[ ! -e $mark ]]; then
    portal_verb accounts && : >"$mark"
  fi
}

portal_verb() {
  local line login
  (
    while IFS= read -r line; do export "${line?}"; done < <(service_environment portal)
    if [[ ${LUODI_DEMO:-no} == yes ]]; then
      for login in "${DEMO_ACCOUNTS[@]}"; do export "Demo__Passwords__$login=$(account_password "$login")"; done
    fi
    exec dotnet "$(program_of portal)" "$1"
  ) </dev/null 2>>"$LOGS/accounts.log" 9>&- | grep -v '^[0-9]\{4\}-' || [[ ${PIPESTATUS[0]} == 0 ]] || { log_tail accounts; fail "The portal's '$1' did not succeed."; }
}
