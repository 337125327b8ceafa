#!/bin/bash
# Compares queqiaod with Prosody, ejabberd and the copy-only router: the same loads from queqiao-bench on the same
# machine, servers on one core, the generator on another. docs/benchmarks.md says how to read the outcome.
set -euo pipefail

usage() {
  cat << 'USAGE'
Usage: bench/compare.sh [--server NAME]... [--load NAME]... [--quick] [--runs N] [--bin DIR] [--results DIR]
                        [--connections N] [--seconds N] [--no-install] [--no-docs]
  --server       queqiaod, prosody, ejabberd or copy_only; all when none is named
  --load         one of those below; all when none is named
  --quick        one short run of each in place of the median of three
  --bin          folder of queqiaod, queqiao-bench and copy_only_router (default: build/release/bin)
  --results      folder for one JSON file per run (default: a temporary one); earlier files in it count too
  --connections  of the idle loads (default: 19000)
  --seconds      that a chat is measured, three times as long with an archive (default: 10)
  --no-install   do not install missing Debian packages
  --no-docs      print the table only, leave docs/benchmarks.md alone
Loads:
USAGE
  printf '  %s\n' "${!loads[@]}" | sort
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
peers=$here/peers
bin=$here/../build/release/bin
server_cpu=0
generator_cpu=1
port=15222
server_pids=()
chosen_servers=() chosen_loads=()
runs=3 duration=10 warmup=3 connections=19000 is_installing=1 writes_docs=1 results=''

# load -> archive, accounts (a number or "idle"), then the arguments of queqiao-bench
declare -A loads=(
  [chat-w1]="off 1000 chat --window 1"
  [chat-w8]="off 1000 chat --window 8"
  [rate-5000]="off 1000 chat --rate 5000"
  [archive-sqlite-w1]="sqlite 1000 chat --window 1"
  [archive-sqlite-w8]="sqlite 1000 chat --window 8"
  [archive-sqlite-rate-1000]="sqlite 1000 chat --rate 1000"
  [archive-best-w1]="best 1000 chat --window 1"
  [archive-best-w8]="best 1000 chat --window 8"
  [archive-best-rate-1000]="best 1000 chat --rate 1000"
  [login]="off 1000 login --mechanism auto"
  [login-starttls]="off 1000 login --tls starttls"
  [presence]="off 1000 presence --contacts 20"
  [idle]="off idle idle"
  [idle-starttls]="off idle idle --tls starttls"
)
load_order=(chat-w1 chat-w8 rate-5000 archive-sqlite-w1 archive-sqlite-w8 archive-sqlite-rate-1000 archive-best-w1
  archive-best-w8 archive-best-rate-1000 login login-starttls presence idle idle-starttls)

while (($#)); do
  case $1 in
    --server) chosen_servers+=("$2"); shift ;;
    --load) chosen_loads+=("$2"); shift ;;
    --quick) runs=1 duration=3 warmup=1 ;;
    --runs) runs=$2; shift ;;
    --bin) bin=$(cd "$2" && pwd); shift ;;
    --results) mkdir -p "$2"; results=$(cd "$2" && pwd); shift ;;
    --connections) connections=$2; shift ;;
    --seconds) duration=$2; shift ;;
    --no-install) is_installing=0 ;;
    --no-docs) writes_docs=0 ;;
    *) usage; [[ $1 == --help || $1 == -h ]] && exit 0; exit 2 ;;
  esac
  shift
done
((${#chosen_servers[@]})) || chosen_servers=(queqiaod prosody ejabberd copy_only)
((${#chosen_loads[@]})) || chosen_loads=("${load_order[@]}")

say() { echo "compare.sh: $*" >&2; }

install_packages() {
  local package missing=()
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ((!is_installing)); then
    say "missing packages: ${missing[*]}"
    return 1
  fi
  say "installing Debian's ${missing[*]} (their services are not started)"
  # RUNLEVEL=1: invoke-rc.d does not start what it installs.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
}

wait_for_port() {
  local attempt
  for attempt in {1..300}; do
    (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null && return 0
    sleep 0.1
  done
  say "nothing listens on port $1; see the files in $work"
  return 1
}

stop_server() {
  local pid
  # The database, if any, comes first in the list and must outlive the server.
  for ((i = ${#server_pids[@]} - 1; i >= 0; --i)); do
    pid=${server_pids[i]}
    kill "$pid" 2> /dev/null || continue
    for attempt in {1..100}; do
      kill -0 "$pid" 2> /dev/null || break
      sleep 0.1
    done
    kill -9 "$pid" 2> /dev/null || true
    wait "$pid" 2> /dev/null || true
  done
  server_pids=()
}

start_server() {
  local server=$1 dir=$2 archive=$3
  mkdir -p "$dir"
  cp "$work/key.pem" "$work/cert.pem" "$dir"
  "start_$server" "$dir" "$port" $((port + 1)) "$archive"
}

generate() {
  local pids=() pid
  for pid in "${server_pids[@]}"; do pids+=(--pid "$pid"); done
  taskset -c "$generator_cpu" "$bin/queqiao-bench" "$@" --port "$port" "${pids[@]}"
}

keep_logs() {
  local logs=$results/$1.$2.logs
  mkdir -p "$logs"
  cp "$work/$1.$2"/*.log "$work/$1.$2/stdout" "$logs" 2> /dev/null || true
  say "$1 did not get ready for $2; its logs are in $logs"
}

supports() {
  local server=$1 load=$2
  [[ $server != copy_only || $load =~ ^(chat-|rate-|login$|idle$) ]]
}

measure() {
  local server=$1 load=$2 run=$3 archive accounts arguments dir=$work/$1.$2
  read -r archive accounts arguments <<< "${loads[$load]}"
  [[ $accounts == idle ]] && accounts=$connections
  if ((run == 1)); then
    start_server "$server" "$dir" "$archive" || return 1
    generate register --users "$accounts" > /dev/null || return 1
  fi
  # Memory is read on a fresh process: what registering left behind is not a connection's.
  if [[ $load == idle* ]]; then
    stop_server
    start_server "$server" "$dir" "$archive" || return 1
  fi
  # An archive on SQLite may answer a thousand users in one burst every few seconds: measure several of them.
  local factor=1
  [[ $archive == off ]] || factor=3
  [[ $arguments == chat* ]] && arguments+=" --warmup $((warmup * factor)) --duration $((duration * factor))"
  # shellcheck disable=SC2086  # the arguments are several words
  generate $arguments --users "$accounts" --label "$server" --archive "$archive" \
    --json "$results/$server.$load.$run.json" > /dev/null || say "$server failed $load; its figures say why"
}

work=$(mktemp -d)
chmod 755 "$work"  # PostgreSQL runs as a user of its own
trap 'stop_server; rm -rf "$work"' EXIT
[[ -n $results ]] || { results=$work/results; mkdir "$results"; }
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost -keyout "$work/key.pem" -out "$work/cert.pem" 2> /dev/null
chmod 644 "$work/key.pem"

for server in "${chosen_servers[@]}"; do
  # shellcheck source=/dev/null
  source "$peers/$server.sh"
  if [[ $server == queqiaod && ! -x $bin/queqiaod ]]; then
    say "no queqiaod in $bin: skipped"
    continue
  fi
  "install_$server"
  for load in "${chosen_loads[@]}"; do
    [[ -n ${loads[$load]:-} ]] || { usage; exit 2; }
    supports "$server" "$load" || continue
    for ((run = 1; run <= runs; ++run)); do
      [[ $load == idle* ]] && ((run > 1)) && continue  # memory hardly varies, and 19,000 log-ins take long
      say "$server: $load, run $run of $runs"
      measure "$server" "$load" "$run" || keep_logs "$server" "$load"
    done
    stop_server
    rm -rf "$work/$server.$load"
  done
done

options=()
((writes_docs)) && options+=(--document "$here/../docs/benchmarks.md")
python3 "$here/compare_table.py" "$results" --runs "$runs" "${options[@]}"
