#!/usr/bin/env python3
"""Turns the JSON files of compare.sh into the table of docs/benchmarks.md: medians per server and load."""

import argparse
import datetime
import json
import pathlib
import platform
import re
import statistics
import subprocess

SERVERS = {"queqiaod": "Queqiao", "prosody": "Prosody", "ejabberd": "ejabberd", "copy_only": "copy-only router"}

CPU = "deliveries_per_server_cpu_second"
WALL = "deliveries_per_second"
P99 = "latency_p99_us"
# (load, figure, what the row says)
ROWS = [
    ("chat-w1", CPU, "messages per CPU second, window 1"),
    ("chat-w8", CPU, "messages per CPU second, window 8"),
    ("rate-5000", P99, "p99 at 5,000 messages/s, µs"),
    ("rate-5000", "server_cpu_percent", "CPU used at 5,000 messages/s, %"),
    ("archive-sqlite-w1", CPU, "archive on SQLite: messages per CPU second, window 1"),
    ("archive-sqlite-w1", WALL, "archive on SQLite: messages per second, window 1"),
    ("archive-sqlite-w8", CPU, "archive on SQLite: messages per CPU second, window 8"),
    ("archive-sqlite-w8", WALL, "archive on SQLite: messages per second, window 8"),
    ("archive-sqlite-rate-1000", P99, "archive on SQLite: p99 at 1,000 messages/s, µs"),
    ("archive-best-w1", CPU, "archive on the best store: messages per CPU second, window 1"),
    ("archive-best-w1", WALL, "archive on the best store: messages per second, window 1"),
    ("archive-best-w8", CPU, "archive on the best store: messages per CPU second, window 8"),
    ("archive-best-w8", WALL, "archive on the best store: messages per second, window 8"),
    ("archive-best-rate-1000", P99, "archive on the best store: p99 at 1,000 messages/s, µs"),
    ("login", "logins_per_server_cpu_second", "log-ins per CPU second, no TLS"),
    ("login-starttls", "logins_per_server_cpu_second", "log-ins per CPU second, STARTTLS"),
    ("presence", "presences_per_server_cpu_second", "presences per CPU second, 20 contacts each"),
    ("idle", "resident_kib_per_connection", "KiB per idle connection, no TLS"),
    ("idle-starttls", "resident_kib_per_connection", "KiB per idle connection, STARTTLS"),
]
PACKAGES = ["prosody", "lua5.4", "ejabberd", "erlang-base", "postgresql-15"]


def read_runs(folder):
    """The reports of all runs, by (server, load)."""
    runs = {}
    for file in sorted(folder.glob("*.json")):
        server, load, _ = file.stem.split(".")
        report = json.loads(file.read_text())
        if report.get("seconds"):
            report["server_cpu_percent"] = 100 * report.get("server_cpu_seconds", 0) / report["seconds"]
        runs.setdefault((server, load), []).append(report)
    return runs


def cell(reports, figure):
    values = [report[figure] for report in reports if figure in report]
    failed = [report for report in reports if "failure" in report]
    if not values:
        return "failed" if failed else "–"
    median = statistics.median(values)
    text = f"{median:,.0f}" if median >= 100 else f"{median:.1f}"
    return text + (" (faults)" if failed else "")


def table(runs):
    servers = [server for server in SERVERS if any(key[0] == server for key in runs)]
    lines = ["| | " + " | ".join(SERVERS[server] for server in servers) + " |", "|---" * (len(servers) + 1) + "|"]
    for load, figure, title in ROWS:
        cells = [cell(runs.get((server, load), []), figure) for server in servers]
        if any(value != "–" for value in cells):
            lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.machine()


def version(package):
    query = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    return f"{package} {query.stdout}" if query.returncode == 0 and query.stdout else None


def machine():
    cores = sum(line.startswith("processor") for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines())
    memory = re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text()).group(1)
    versions = ", ".join(filter(None, map(version, PACKAGES)))
    return f"{processor()}, {cores} cores, {int(memory) / 2**20:.0f} GiB, Linux {platform.release()}. {versions}."


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--document", type=pathlib.Path, help="replace what stands between its two markers")
    arguments = parser.parse_args()
    kind = f"Medians of {arguments.runs} runs" if arguments.runs > 1 else "One short run each"
    text = f"{table(read_runs(arguments.results))}\n\n{kind}, {datetime.date.today()}. {machine()}\n"
    print(text)
    if arguments.document:
        old = arguments.document.read_text()
        new = re.sub(r"(<!-- results -->\n).*(<!-- end -->)", lambda match: match[1] + text + match[2], old, flags=re.S)
        arguments.document.write_text(new)


if __name__ == "__main__":
    main()
