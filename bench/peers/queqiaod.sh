# Sourced by compare.sh: start_queqiaod DIR PORT TLS_PORT off|sqlite|best, which sets server_pids. Its best store on one
# machine is SQLite.

install_queqiaod() { :; }

start_queqiaod() {
  local dir=$1 port=$2 archive=$4 options=()
  [[ $archive == off ]] && options+=(--no-archive)
  taskset -c "$server_cpu" "$bin/queqiaod" --data-dir "$dir/data" --domain localhost --c2s "127.0.0.1:$port" \
    --shards 1 --open-registration --trust-loopback "${options[@]}" > "$dir/stdout" 2>&1 &
  server_pids=($!)
  wait_for_port "$port"
}
