# Sourced by compare.sh: start_copy_only DIR PORT TLS_PORT ARCHIVE, which sets server_pids. No TLS, no archive.

install_copy_only() { :; }

start_copy_only() {
  taskset -c "$server_cpu" "$bin/copy_only_router" "$2" > "$1/stdout" 2>&1 &
  server_pids=($!)
  wait_for_port "$2"
}
