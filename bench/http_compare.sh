#!/bin/bash
# Uploads and downloads one large file over TLS to queqiaod and to Debian's nginx, in turn, with the same certificate and
# cipher: server on one core, curl on another. Prints a table; docs/benchmarks.md has one.
set -euo pipefail

usage() {
  cat << 'USAGE'
Usage: bench/http_compare.sh [--bytes N] [--runs N] [--bin DIR] [--dir DIR]
  --bytes  size of the file (default: 2 GiB)
  --runs   of which the median counts (default: 3)
  --bin    folder of queqiaod and queqiaoctl (default: build/release/bin)
  --dir    where the files are put (default: a temporary folder); needs four times the size
USAGE
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bytes=$((2 << 30)) runs=3 bin=$here/../build/release/bin dir=
while [ $# -gt 0 ]; do
  case $1 in
    --bytes) bytes=$2 ;; --runs) runs=$2 ;; --bin) bin=$2 ;; --dir) dir=$2 ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift 2
done

work=$(mktemp -d "${dir:-/tmp}/queqiao-http-XXXXXX")
pids=()
clean_up() {
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
  wait 2> /dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

command -v nginx > /dev/null || { echo "bench/http_compare.sh: apt-get install nginx-light (with RUNLEVEL=1, so that no service starts)" >&2; exit 1; }
nginx_port=15443
head -c "$bytes" /dev/urandom > "$work/file"

start_queqiaod() {
  cat > "$work/queqiao.toml" << CONFIG
[upload]
file_bytes = $((bytes * 2))
quota_bytes = $((bytes * 100))
free_bytes = 0
CONFIG
  : > "$work/queqiaod.log"
  taskset -c 0 "$bin/queqiaod" --config "$work/queqiao.toml" --data-dir "$work/data" --c2s 127.0.0.1:0 --https 127.0.0.1:0 \
    --shards 1 > "$work/queqiaod.log" 2>&1 &
  queqiaod=$!
  pids+=("$queqiaod")
  until grep -q ready "$work/queqiaod.log"; do kill -0 "$queqiaod"; sleep 0.05; done
  echo secret | "$bin/queqiaoctl" --data-dir "$work/data" users add bench --password-stdin > /dev/null
}

start_nginx() {
  mkdir -p "$work/nginx/files"
  chmod -R a+rwX "$work" "$work/nginx"
  cat > "$work/nginx.conf" << CONFIG
pid $work/nginx.pid;
error_log $work/nginx.log;
daemon off;
worker_processes 1;
user $(id -un);
events { worker_connections 64; }
http {
  access_log off;
  client_max_body_size 0;
  client_body_temp_path $work/nginx/body;
  server {
    listen 127.0.0.1:$nginx_port ssl;
    ssl_certificate $work/data/certificate.pem;
    ssl_protocols TLSv1.3;
    ssl_certificate_key $work/data/key.pem;
    root $work/nginx/files;
    location / { dav_methods PUT; }
  }
}
CONFIG
  taskset -c 0 nginx -c "$work/nginx.conf" 2> /dev/null &
  pids+=($!)
  until [ -s "$work/nginx.pid" ]; do sleep 0.05; done
  sleep 0.3
  nginx=$(pgrep -P "$(cat "$work/nginx.pid")")
}

# The address of a new slot, asked for by XMPP.
slot() {
  PYTHONPATH=$here/../tests/system QUEQIAO_BIN=$bin python3 - "$work/queqiaod.log" "$bytes" << 'SLOT'
import re, sys, types
from queqiao_process import Client
port = int(re.search(r"127\.0\.0\.1:(\d+) for clients", open(sys.argv[1]).read()).group(1))
client = Client(types.SimpleNamespace(port=port))
client.log_in("bench")
answer = client._say("<iq type='get' id='u' to='localhost'><request xmlns='urn:xmpp:http:upload:0' filename='file' "
                     f"size='{sys.argv[2]}'/></iq>", "</iq>")
print(re.search(r"<put url='([^']+)'", answer).group(1))
SLOT
}

memory() { awk '/^Vm'"$2"':/ { print $2 }' "/proc/$1/status"; }  # RSS now or HWM, its peak; KiB
cpu() { awk '{ print ($14 + $15) * 10 }' "/proc/$1/stat"; }        # ms

# measure NAME PID CURL-ARGUMENT...: appends "NAME MiB/s grown-KiB cpu-ms" to the results.
measure() {
  local name=$1 pid=$2 before_cpu before seconds
  shift 2
  echo 5 > "/proc/$pid/clear_refs"
  before=$(memory "$pid" RSS) before_cpu=$(cpu "$pid")
  seconds=$(taskset -c 1 curl -sS --fail --insecure --tlsv1.3 --tls13-ciphers TLS_AES_128_GCM_SHA256 -o /dev/null \
    -w '%{time_total}' "$@")
  echo "$name $(awk "BEGIN { print $bytes / 1048576 / $seconds }") $(($(memory "$pid" HWM) - before)) $(($(cpu "$pid") - before_cpu))" \
    >> "$work/results"
}

start_queqiaod
start_nginx
for ((run = 0; run < runs; ++run)); do
  url=$(slot)
  measure queqiaod-upload "$queqiaod" -T "$work/file" "$url"
  measure nginx-upload "$nginx" -T "$work/file" "https://127.0.0.1:$nginx_port/file$run"
  measure queqiaod-download "$queqiaod" "$url"
  measure nginx-download "$nginx" "https://127.0.0.1:$nginx_port/file$run"
  [ "$run" = 0 ] || rm -f "$work/nginx/files/file$run"
done

median() { awk -v name="$1" -v column="$2" '$1 == name { print $column }' "$work/results" | sort -g | awk '{ v[NR] = $1 } END { print int(v[int((NR + 1) / 2)] + 0.5) }'; }
most() { awk -v name="$1" '$1 == name { print $3 }' "$work/results" | sort -g | tail -n 1; }
echo "| $((bytes >> 20)) MiB over TLS 1.3, AES-128-GCM | Queqiao | nginx |"
echo "|---|---|---|"
for direction in upload download; do
  echo "| $direction, MiB/s | $(median queqiaod-$direction 2) | $(median nginx-$direction 2) |"
  echo "| $direction, CPU ms of the server | $(median queqiaod-$direction 4) | $(median nginx-$direction 4) |"
  echo "| $direction, memory grown by at most, KiB | $(most queqiaod-$direction) | $(most nginx-$direction) |"
done
