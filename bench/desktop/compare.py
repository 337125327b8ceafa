#!/usr/bin/python3
"""Starts desktop clients on an X server of its own and tells, as medians: until the window is there, until the program
rests (no more than 5 % of a core for 300 ms), what CPU time and memory (resident, and its own share: PSS) it took by
then.

usage: bench/desktop/compare.py [--bin build/release/bin] [--runs 5] [--friends 500] [--messages 100000]

Queqiao is measured with an account of so many friends and messages, and empty. The others have no account, since
each sets one up in its own way: they show their first window, which is the least that a start of theirs takes. Those
that are not installed (apt-get install --no-install-recommends gajim dino-im telegram-desktop) are left out."""

import argparse
import atexit
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "tests" / "system"))
import queqiao_process  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")
REST_SECONDS = 0.3
REST_SHARE = 0.05


class Display:
    """Xvfb with openbox; windows are told by the manager's list of clients."""

    def __init__(self, folder):
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
        self.server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        self.name = ":" + os.read(reader, 20).decode().strip()
        self.environment = {**os.environ, "DISPLAY": self.name, "XDG_RUNTIME_DIR": str(folder)}
        self.manager = subprocess.Popen(["openbox"], env=self.environment, stderr=subprocess.DEVNULL)
        while not self._property("_NET_SUPPORTING_WM_CHECK"):
            time.sleep(0.05)

    def _property(self, name):
        answer = subprocess.run(["xprop", "-root", name], env=self.environment, capture_output=True, text=True).stdout
        return answer.partition("#")[2].strip()

    def has_window(self):
        return bool(self._property("_NET_CLIENT_LIST"))

    def close(self):
        self.manager.terminate()
        self.server.terminate()
        self.manager.wait()
        self.server.wait()


def family(pid):
    """The process and its descendants."""
    pids = [pid]
    for parent in pids:
        try:
            pids += map(int, pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
        except OSError:
            pass
    return pids


def cpu_seconds(pid):
    total = 0
    for one in family(pid):
        try:
            fields = pathlib.Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return total / TICKS


def memory_mib(pid, field):
    total = 0
    for one in family(pid):
        try:
            text = pathlib.Path(f"/proc/{one}/smaps_rollup").read_text()
            total += int(text.partition(field + ":")[2].split()[0])
        except (OSError, IndexError):
            pass
    return total / 1024


def measure(display, command, environment):
    begin = time.monotonic()
    program = subprocess.Popen(command, env={**display.environment, **environment},
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while not display.has_window():
            if program.poll() is not None or time.monotonic() - begin > 60:
                raise RuntimeError(f"no window: {command}")
        shown = time.monotonic() - begin
        return {"window ms": shown * 1000, **until_rest(program.pid, begin)}
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        while display.has_window():
            time.sleep(0.05)


def until_rest(pid, begin):
    while time.monotonic() - begin < 60:
        before, at = cpu_seconds(pid), time.monotonic()
        time.sleep(REST_SECONDS)
        if cpu_seconds(pid) - before <= REST_SHARE * REST_SECONDS + 1 / TICKS:
            break
    time.sleep(2)  # what is given back after the start does not count
    return {"at rest ms": (at - begin) * 1000, "CPU ms": before * 1000, "RSS MiB": memory_mib(pid, "Rss"),
            "PSS MiB": memory_mib(pid, "Pss")}


def run_of_queqiao(binaries, folder, friends, messages):
    """A server with an account of so many friends, and a profile with the messages. The command and what ends it."""
    server = queqiao_process.Server(str(folder / "server"), "--trust-loopback")
    atexit.register(server.end, signal.SIGKILL)
    server.add("me")
    client = queqiao_process.Client(server)
    client.log_in("me")
    for number in range(friends):
        client._say(f"<iq type='set' id='r{number}'><query xmlns='jabber:iq:roster'>"
                    f"<item jid='friend{number}@localhost' name='Friend {number}'>"
                    f"<group>Group {number % 5}</group></item></query></iq>", f"id=['\"]r{number}['\"]")
    client.close()
    (folder / "password").write_text("secret\n")
    command = [str(binaries / "queqiao"), "--account", "me@localhost", "--password-file", str(folder / "password"),
               "--server", f"127.0.0.1:{server.port}", "--plain-loopback", "--data-dir", str(folder / "profile")]
    (folder / "profile" / "me@localhost").mkdir(parents=True)
    history = folder / "profile" / "me@localhost" / "history.sqlite"
    fill = [binaries / "fill_history", history, "friend0@localhost", str(messages)]
    subprocess.run(fill, check=True)
    return command, lambda: server.end(signal.SIGKILL)


def home_of(folder, name):
    """A place of its own for a program's files, as its environment has it."""
    home = folder / name
    home.mkdir()
    home.chmod(0o700)
    if os.getuid() == 0:
        shutil.chown(home, "nobody", "nogroup")
    return {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "XDG_CONFIG_HOME": f"{home}/config",
            "XDG_DATA_HOME": f"{home}/data", "XDG_CACHE_HOME": f"{home}/cache", "GSETTINGS_BACKEND": "memory"}


def with_bus(program, environment):
    """As somebody who is not root: Gajim does not start as root."""
    somebody = ["runuser", "-u", "nobody", "--"] if os.getuid() == 0 else []
    settings = [f"{name}={value}" for name, value in environment.items()]
    return somebody + ["env", *settings, "dbus-run-session", "--", program]


def programs(binaries, folder, arguments):
    """(name, command, environment) of each."""
    bus = ["dbus-run-session", "--"]
    full, end = run_of_queqiao(binaries, folder, arguments.friends, arguments.messages)
    yield f"Queqiao, {arguments.friends} friends, {arguments.messages:,} messages", bus + full, {}
    end()
    empty = home_of(folder, "empty")
    without_account = [str(binaries / "queqiao"), "--data-dir", str(folder / "none")]
    yield "Queqiao, no account", bus + without_account, {"HOME": empty["HOME"]}
    for program in ("gajim", "dino-im", "telegram-desktop"):
        if shutil.which(program):
            environment = home_of(folder, program)
            yield f"{program}, no account", with_bus(program, environment), environment


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=pathlib.Path("build/release/bin"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--friends", type=int, default=500)
    parser.add_argument("--messages", type=int, default=100_000)
    arguments = parser.parse_args()
    queqiao_process.BIN = str(arguments.bin)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        display = Display(folder)
        try:
            compare(display, arguments, folder)
        finally:
            display.close()


def compare(display, arguments, folder):
    columns = ["window ms", "at rest ms", "CPU ms", "RSS MiB", "PSS MiB"]
    print("| program | " + " | ".join(columns) + " |\n|---|" + "---|" * len(columns))
    for name, command, environment in programs(arguments.bin.resolve(), folder, arguments):
        measure(display, command, environment)  # the first one reads from the disk and makes its files
        runs = [measure(display, command, environment) for _ in range(arguments.runs)]
        medians = [statistics.median(run[column] for run in runs) for column in columns]
        print(f"| {name} | " + " | ".join(f"{median:,.0f}" for median in medians) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
