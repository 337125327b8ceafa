#!/bin/bash
# How long queqiaod takes from its start to "ready", and its memory then: with an empty store, and with a large one after SIGKILL
# (of the program that filled it, and of queqiaod itself before every further start).
set -euo pipefail
[ "${1:-}" != --help ] || { echo "Usage: bench/start.sh [ACCOUNTS [MESSAGES [RUNS]]]     (100000 5000000 5)"; exit 0; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=${QUEQIAO_BIN:-$here/../build/release/bin}
accounts=${1:-100000} messages=${2:-5000000} runs=${3:-5}
work=$(mktemp -d)
trap 'kill -9 ${server:-} 2>/dev/null || true; rm -rf "$work"' EXIT

# start DATA: one line, then the server is killed.
start() {
  local begin
  begin=$(date +%s%N)
  coproc READY { exec "$bin/queqiaod" --data-dir "$1" --domain localhost --c2s 127.0.0.1:0 2>"$work/log"; }
  server=$READY_PID
  while read -r line <&"${READY[0]}"; do [ "$line" != 'queqiaod: ready' ] || break; done
  echo "$((($(date +%s%N) - begin) / 1000000)) ms, $(awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$server/status") MiB"
  kill -9 "$server"
  wait "$server" 2>/dev/null || true
}

echo "empty store, its first start:"; start "$work/empty"
echo "empty store:"; for _ in $(seq "$runs"); do start "$work/empty"; done
mkdir -m 700 "$work/large"
"$bin/fill_store" "$work/large/queqiao.db" "$accounts" "$messages" || [ $? = 137 ]
echo "$accounts accounts, $messages messages, $(du -m "$work/large/queqiao.db" | cut -f1) MiB, after SIGKILL:"
for _ in $(seq "$runs"); do start "$work/large"; done
