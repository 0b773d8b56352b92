# shellcheck shell=bash
# A private RabbitMQ node with an epmd of its own, on the loopback only. The node's name needs no port in it: each
# epmd knows one node.

rabbitmq_installed() { [[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]]; }

rabbitmq_environment() {
  local folder=$1
  echo "PATH=/usr/local/bin:/usr/bin:/bin"
  echo "LANG=C.UTF-8"
  echo "HOME=$folder"
  echo "RABBITMQ_NODENAME=luodi@localhost"
  echo "RABBITMQ_MNESIA_BASE=$folder/db"
  echo "RABBITMQ_LOG_BASE=$folder/log"
  echo "RABBITMQ_CONFIG_FILE=$folder/rabbitmq.conf"
  echo "RABBITMQ_ADVANCED_CONFIG_FILE=$folder/advanced.config"
  echo "RABBITMQ_CONF_ENV_FILE=$folder/env.conf"
  echo "RABBITMQ_ENABLED_PLUGINS_FILE=$folder/enabled_plugins"
  echo "RABBITMQ_DIST_PORT=$((LUODI_PORT + 3))"
  # Without these, the machine's shared epmd on all interfaces is asked.
  echo "ERL_EPMD_PORT=$(port_of epmd)"
  echo "ERL_EPMD_ADDRESS=127.0.0.1"
  echo "RABBITMQ_CTL_DIST_PORT_MIN=$((LUODI_PORT + 6))"
  echo "RABBITMQ_CTL_DIST_PORT_MAX=$((LUODI_PORT + 9))"
  # The start script gives way to the server itself, so that the recorded pid is the server's.
  echo "RUNNING_UNDER_SYSTEMD=true"
}

# rabbitmq_exec COMMAND...: as RabbitMQ's user, with nothing of our own environment.
rabbitmq_exec() {
  local folder environment
  folder=$(part_folder rabbitmq rabbitmq)
  mapfile -t environment < <(rabbitmq_environment "$folder")
  as rabbitmq
  cd "$folder"
  exec "${AS[@]}" env -i "${environment[@]}" "$@"
}

rabbitmqctl() {
  if in_docker rabbitmq; then docker exec "$(container_of rabbitmq)" rabbitmqctl -q "$@"
  else (rabbitmq_exec /usr/lib/rabbitmq/bin/rabbitmqctl -q "$@") </dev/null 9>&-; fi
}

rabbitmq_configure() {
  local folder=$1 port=$2 definitions=$3
  cat >"$folder/rabbitmq.conf" <<CONF
listeners.tcp.local = $port
load_definitions = $definitions
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 256MB
log.console = true
log.console.level = info
log.file = false
CONF
  (
    for name in "${STORES[@]}"; do export "RABBITMQ_${name^^}_PASSWORD=$(password rabbitmq "$name")"; done
    bash "$CHECKOUT/deploy/docker/rabbitmq-definitions.sh" >"$folder/definitions.json"
  )
}

rabbitmq_start() {
  local folder
  if in_docker rabbitmq; then rabbitmq_start_container; return; fi
  folder=$(part_folder rabbitmq rabbitmq)
  rabbitmq_configure "$folder" "127.0.0.1:$(port_of rabbitmq)" "$folder/definitions.json"
  echo '[{kernel,[{inet_dist_use_interface,{127,0,0,1}}]}].' >"$folder/advanced.config"
  echo '[].' >"$folder/enabled_plugins"
  [[ -s $folder/.erlang.cookie ]] || od -An -vtx1 -N20 /dev/urandom | tr -d ' \n' >"$folder/.erlang.cookie"
  chmod 400 "$folder/.erlang.cookie"
  (( EUID != 0 )) || chown rabbitmq: "$folder"/{rabbitmq.conf,definitions.json,advanced.config,enabled_plugins,.erlang.cookie}
  # Started as a part of its own: the one that Erlang starts by itself would outlive us unrecorded.
  if ! running epmd; then
    demand_port epmd
    launch epmd rabbitmq_exec setsid epmd -port "$(port_of epmd)" -address 127.0.0.1
    await 10 listening "$(port_of epmd)" || { log_tail epmd; fail "epmd did not start."; }
  fi
  launch rabbitmq rabbitmq_exec setsid /usr/lib/rabbitmq/bin/rabbitmq-server
  # The listener comes last in its boot; only then can the node be asked anything.
  await 120 rabbitmq_listens || { log_tail rabbitmq; fail "RabbitMQ did not start."; }
  rabbitmqctl await_startup --timeout 60 >>"$LOGS/rabbitmq.log" 2>&1 || { log_tail rabbitmq; fail "RabbitMQ did not start."; }
}

rabbitmq_listens() {
  running rabbitmq || { log_tail rabbitmq; fail "RabbitMQ stopped."; }
  listening "$(port_of rabbitmq)"
}

# The Raft library flushes the table of its queues every three minutes only: a node killed before that comes back
# with quorum queues that have no leader, for ever.
rabbitmq_sync() {
  rabbitmqctl eval '[dets:sync(T) || T <- dets:all()].' >>"$LOGS/rabbitmq.log" 2>&1 \
    || say "note: RabbitMQ did not write its queue table to disk"
}

rabbitmq_start_container() {
  local folder=$LUODI_HOME/rabbitmq
  mkdir -p "$folder"
  rabbitmq_configure "$folder" 5672 /etc/rabbitmq/definitions.json
  # Read by the container's own user; the folder around them is closed to everybody else.
  chmod 644 "$folder"/{rabbitmq.conf,definitions.json}
  container_start rabbitmq -p "127.0.0.1:$(port_of rabbitmq):5672" --hostname luodi -v "$(container_of rabbitmq):/var/lib/rabbitmq" \
    -v "$folder/rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro" -v "$folder/definitions.json:/etc/rabbitmq/definitions.json:ro" rabbitmq:4.2
  await 120 rabbitmq_container_answers || { docker logs --tail 20 "$(container_of rabbitmq)" >&2; fail "RabbitMQ did not start."; }
}

rabbitmq_container_answers() {
  running rabbitmq || { docker logs --tail 20 "$(container_of rabbitmq)" >&2; fail "RabbitMQ stopped."; }
  rabbitmqctl await_startup --timeout 60 >/dev/null 2>&1
}
