# Sourced by compare.sh: start_prosody DIR PORT TLS_PORT off|sqlite|best, which sets server_pids.

install_prosody() {
  install_packages prosody lua-sec lua-dbi-sqlite3
}

start_prosody() {
  local dir=$1 port=$2 tls_port=$3 archive=$4 module='' storage=''
  case $archive in
    sqlite) module='"mam"' storage='archive = "sql"' ;;
    best) module='"mam"' storage='archive = "internal"' ;;
  esac
  mkdir -p "$dir/data"
  sed -e "s|@DIR@|$dir|g; s|@PORT@|$port|; s|@TLS_PORT@|$tls_port|" \
    -e "s|@ARCHIVE_MODULE@|$module|; s|@ARCHIVE_STORAGE@|$storage|" \
    "$peers/prosody.cfg.lua.in" > "$dir/prosody.cfg.lua"
  taskset -c "$server_cpu" prosody -F --config "$dir/prosody.cfg.lua" > "$dir/stdout" 2>&1 &
  server_pids=($!)
  wait_for_port "$port"
}
