# Sourced by compare.sh: start_ejabberd DIR PORT TLS_PORT off|sqlite|best, which sets server_pids. Best is PostgreSQL, whose
# processes count as the server's.

ejabberd_schema=/usr/share/ejabberd/sql

install_ejabberd() {
  install_packages ejabberd erlang-p1-sqlite3 erlang-p1-pgsql sqlite3 postgresql
}

# A cluster of its own on a Unix socket and a loopback port; PostgreSQL does not run as root.
start_postgresql() {
  local dir=$1 port=$2 programs
  programs=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/postgres | tail -n 1)")
  mkdir -p "$dir"
  chown postgres "$dir"
  runuser -u postgres -- "$programs/initdb" -D "$dir/data" --auth=trust --no-locale -E UTF8 > "$dir/log" 2>&1
  runuser -u postgres -- taskset -c "$server_cpu" "$programs/postgres" -D "$dir/data" -p "$port" -k "$dir" \
    -c listen_addresses=127.0.0.1 >> "$dir/log" 2>&1 &
  wait_for_port "$port"
  runuser -u postgres -- psql -q -h "$dir" -p "$port" -f "$ejabberd_schema/pg.sql" postgres >> "$dir/log" 2>&1
  server_pids+=("$(head -n 1 "$dir/data/postmaster.pid")")
}

# Prints the settings of ejabberd's store for the archive.
ejabberd_sql() {
  local dir=$1 port=$2 archive=$3
  case $archive in
    sqlite) printf '%s\n' "sql_type: sqlite" "sql_database: $dir/archive.sqlite" ;;
    best) printf '%s\n' "sql_type: pgsql" "sql_server: 127.0.0.1" "sql_port: $port" "sql_database: postgres" \
      "sql_username: postgres" ;;
  esac
}

start_ejabberd() {
  local dir=$1 port=$2 tls_port=$3 archive=$4 database_port=$(($2 + 2)) line
  server_pids=()
  [[ $archive == best ]] && start_postgresql "$dir/postgresql" "$database_port"
  [[ $archive == sqlite ]] && sqlite3 "$dir/archive.sqlite" < "$ejabberd_schema/lite.sql"
  mkdir -p "$dir/modules"
  cat "$dir/key.pem" "$dir/cert.pem" > "$dir/both.pem"
  while IFS= read -r line; do
    case $line in
      @SQL@) ejabberd_sql "$dir" "$database_port" "$archive" ;;
      *@ARCHIVE@) [[ $archive == off ]] || printf '  %s\n' "mod_mam: {db_type: sql, default: always}" ;;
      *) line=${line//@DIR@/$dir} line=${line//@PORT@/$port}; printf '%s\n' "${line//@TLS_PORT@/$tls_port}" ;;
    esac
  done < "$peers/ejabberd.yml.in" > "$dir/ejabberd.yml"
  # Without a node name, so that no epmd stays behind. +K, +P and +Q are what ejabberdctl sets.
  env HOME="$dir" ERL_LIBS="$(echo /usr/lib/*-linux-gnu)" ERL_CRASH_DUMP=/dev/null CONTRIB_MODULES_CONF_DIR="$dir/modules" \
    EJABBERD_CONFIG_PATH="$dir/ejabberd.yml" EJABBERD_LOG_PATH="$dir/ejabberd.log" \
    taskset -c "$server_cpu" erl +K true +P 262144 +Q 65536 -noinput -mnesia dir "\"$dir/spool\"" -s ejabberd \
    > "$dir/stdout" 2>&1 &
  server_pids+=($!)
  wait_for_port "$port"
}
