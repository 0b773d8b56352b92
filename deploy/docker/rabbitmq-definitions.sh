#!/bin/bash
# Prints RabbitMQ's definitions: one login per service, which may touch the shared exchanges and what bears its own
# name. The passwords come as RABBITMQ_<SERVICE>_PASSWORD; only their hashes are printed.
set -euo pipefail

# RabbitMQ's rabbit_password_hashing_sha256: base64 of salt, sha256(salt, password). No tool but coreutils.
hash() {
  local salt digest
  salt=$(od -An -vtx1 -N4 /dev/urandom | tr -d ' \n')
  digest=$({ unhex "$salt"; printf %s "$1"; } | sha256sum | cut -d' ' -f1)
  unhex "$salt$digest" | base64 -w0
}

# shellcheck disable=SC2001 # bash of before 5.2 has no & in its own replacement
unhex() { printf '%b' "$(sed 's/../\\x&/g' <<<"$1")"; }

users='' permissions='' comma=''
for service in projects funds signings reporting audit portal; do
  password=RABBITMQ_${service^^}_PASSWORD
  users+="$comma
    {\"name\": \"luodi_$service\", \"password_hash\": \"$(hash "${!password:?}")\", \"hashing_algorithm\": \"rabbit_password_hashing_sha256\", \"tags\": \"\"}"
  own="^(luodi\\\\.events|luodi\\\\.unrouted|luodi\\\\.$service(_.*)?)\$"
  permissions+="$comma
    {\"user\": \"luodi_$service\", \"vhost\": \"/\", \"configure\": \"$own\", \"write\": \"$own\", \"read\": \"$own\"}"
  comma=,
done
cat <<JSON
{
  "vhosts": [{"name": "/"}],
  "users": [$users
  ],
  "permissions": [$permissions
  ]
}
JSON
