#!/usr/bin/env python3
"""Kills queqiaod with -9 under load, again and again, and compares what was acknowledged with what is there afterwards.

Senders use XEP-0198. After each kill they connect again, resume or log in anew, and send again what was not acknowledged, with
the same origin-id. Rosters change and accounts are registered meanwhile. At the end:
  - every acknowledged message is in the archives of both sides, and was seen by its receiver;
  - no message is in an archive twice;
  - the messages of each chat are in the order in which they were sent;
  - the roster has every change that was answered; every account whose registration was answered can log in.

usage: durability.py --queqiaod PATH [--kills 3] [--pairs 8] [--tls] [--seed N]
"""
import argparse
import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import tempfile

from xmpp_client import CLIENT, SM, Disconnected, Refused, Stream, archive, bind, log_in, register, request

DOMAIN = "localhost"
PASSWORD = "correct horse"


class Server:
    """queqiaod on one data directory and one port, killed and started at will."""

    def __init__(self, program, data_dir, use_tls):
        self.program, self.data_dir, self.use_tls = program, data_dir, use_tls
        self.port, self.process = 0, None

    def start(self):
        command = [self.program, "--data-dir", self.data_dir, "--domain", DOMAIN, "--c2s", f"127.0.0.1:{self.port}",
                   "--open-registration", "--trust-loopback", "--shards", "2"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if match := re.search(r"listens on .*:(\d+) for clients \(STARTTLS\)", line):
                self.port = int(match.group(1))
            if line.strip() == "queqiaod: ready":
                return
        raise SystemExit(f"queqiaod did not start: exit {self.process.wait()}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        self.process.terminate()
        if self.process.wait(timeout=15) != 0:
            raise SystemExit("queqiaod did not end in order")
        self.process.stdout.close()


class User:
    """One person: sends to the partner, changes the roster, and remembers what was promised."""

    def __init__(self, name, partner, server):
        self.name, self.partner, self.server = name, partner, server
        self.stream, self.token = None, None
        self.next_number = 1
        self.unacked = []        # (number, stanza) in order of sending
        self.sent = 0            # stanzas sent since <enable/>
        self.acked_h = 0
        self.acked = set()       # numbers that the server acknowledged
        self.handled = 0         # our own h
        self.seen = {}           # number -> how often the partner's message came to be shown
        self.seen_order = []
        self.seen_ids = set()
        self.roster_answered = 0
        self.roster_tried = 0
        self.counts_of = []      # for each counted stanza sent: its number, or None
        self.is_sending = True
        self.resumed = self.failed_resumes = 0

    async def live(self, stop):
        while not stop.is_set() or self.unacked:
            try:
                await self.connect()
                await self.chat(stop)
            except Disconnected:
                await asyncio.sleep(random.uniform(0.01, 0.1))
            finally:
                if self.stream:
                    self.stream.close()

    async def connect(self):
        self.stream = Stream(DOMAIN, self.server.port, self.server.use_tls)
        await self.stream.open()
        await log_in(self.stream, self.name, PASSWORD)
        if self.token and await self.resume():
            return
        await bind(self.stream, "durability")
        self.stream.send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>")
        while (element := await self.stream.next()).tag != SM + "enabled":
            pass
        self.token = element.get("id")
        self.handled, self.acked_h, self.counts_of = 0, 0, []
        self.count("<presence/>", None)
        for number, stanza in self.unacked:  # the same stanzas with the same origin-ids
            self.count(stanza, number)
        self.stream.send("<r xmlns='urn:xmpp:sm:3'/>")

    async def resume(self):
        self.stream.send(f"<resume xmlns='urn:xmpp:sm:3' h='{self.handled}' previd='{self.token}'/>")
        element = await self.stream.next()
        if element.tag != SM + "resumed":
            self.failed_resumes += 1
            self.token = None
            return False
        self.resumed += 1
        self.take_ack(int(element.get("h")))
        waiting = self.counts_of[self.acked_h:]
        for number in waiting:  # XEP-0198 5: what the server has not counted is sent again
            self.stream.send("<presence/>" if number is None else self.stanza(number))
        self.stream.send("<r xmlns='urn:xmpp:sm:3'/>")
        return True

    def stanza(self, number):
        return (f"<message to='{self.partner}@{DOMAIN}' type='chat' id='m{number}'><body>{number}</body>"
                f"<origin-id xmlns='urn:xmpp:sid:0' id='{self.name}-{number}'/></message>")

    def count(self, stanza, number):
        self.counts_of.append(number)
        self.stream.send(stanza)

    def take_ack(self, h):
        for number in self.counts_of[self.acked_h:h]:
            if number is not None:
                self.acked.add(number)
        self.acked_h = h
        self.unacked = [entry for entry in self.unacked if entry[0] not in self.acked]

    async def chat(self, stop):
        reading = asyncio.ensure_future(self.read())
        try:
            while not reading.done() and (not stop.is_set() or self.unacked):
                if not stop.is_set() and len(self.unacked) < 20:
                    self.send_message()
                    if self.next_number % 7 == 0:
                        self.change_roster()
                self.stream.send("<r xmlns='urn:xmpp:sm:3'/>")
                await asyncio.sleep(random.uniform(0, 0.01))
        finally:
            reading.cancel()
            try:
                await reading
            except asyncio.CancelledError:
                pass

    def send_message(self):
        number, self.next_number = self.next_number, self.next_number + 1
        self.unacked.append((number, self.stanza(number)))
        self.count(self.stanza(number), number)

    def change_roster(self):
        self.roster_tried += 1
        self.count(f"<iq type='set' id='roster{self.roster_tried}'><query xmlns='jabber:iq:roster'>"
                   f"<item jid='{self.partner}@{DOMAIN}' name='{self.roster_tried}'/></query></iq>", None)

    async def read(self):
        while True:
            self.take(await self.stream.next())

    def take(self, element):
        if element.tag == SM + "r":
            self.stream.send(f"<a xmlns='urn:xmpp:sm:3' h='{self.handled}'/>")
        elif element.tag == SM + "a":
            self.take_ack(int(element.get("h")))
        elif element.tag.startswith(CLIENT):
            self.handled += 1
            if element.tag == CLIENT + "message":
                self.show(element)
            elif element.get("type") == "result" and element.get("id", "").startswith("roster"):
                self.roster_answered = max(self.roster_answered, int(element.get("id")[6:]))

    def show(self, message):
        """As a client does: once for each stanza-id and origin-id."""
        if message.get("type") == "error" or message.find(CLIENT + "body") is None:
            raise SystemExit(f"{self.name} got what it did not expect: {message.attrib}")
        number = int(message.find(CLIENT + "body").text)
        origin = message.find("{urn:xmpp:sid:0}origin-id").get("id")
        if origin in self.seen_ids:
            self.seen[number] = self.seen.get(number, 1) + 1
            return
        self.seen_ids.add(origin)
        self.seen[number] = 1
        self.seen_order.append(number)


class Registrar:
    """Makes accounts all the time and remembers those whose making was answered."""

    def __init__(self, server):
        self.server, self.made = server, []

    async def live(self, stop):
        number = 0
        while not stop.is_set():
            number += 1
            stream = Stream(DOMAIN, self.server.port, self.server.use_tls)
            try:
                await stream.open()
                if await register(stream, f"new{number}", PASSWORD):
                    self.made.append(f"new{number}")
            except Disconnected:
                pass
            finally:
                stream.close()
            await asyncio.sleep(0.02)


async def fresh_login(server, name):
    stream = Stream(DOMAIN, server.port, server.use_tls)
    await stream.open()
    await log_in(stream, name, PASSWORD)
    await bind(stream, "check")
    return stream


async def check_user(server, user, problems):
    stream = await fresh_login(server, user.name)
    stored = await archive(stream, user.name, DOMAIN)
    roster = await request(stream, "<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>", "r", lambda _: None)
    stream.close()
    outgoing = [int(m.find(CLIENT + "body").text) for _, m in stored if m.get("from", "").startswith(user.name + "@")]
    if missing := user.acked - set(outgoing):
        problems.append(f"{user.name}: acknowledged but not in the sender's archive: {sorted(missing)[:10]}")
    if len(outgoing) != len(set(outgoing)):
        problems.append(f"{user.name}: messages twice in the archive: {len(outgoing) - len(set(outgoing))}")
    if outgoing != sorted(outgoing):
        problems.append(f"{user.name}: the archive is not in the order of sending")
    name = next((int(i.get("name") or 0) for i in roster.iter("{jabber:iq:roster}item")), 0)
    if name < user.roster_answered:
        problems.append(f"{user.name}: the roster has change {name}, but {user.roster_answered} was answered")
    return stored


def check_receiver(user, sender, stored, problems):
    incoming = {int(m.find(CLIENT + "body").text) for _, m in stored if m.get("from", "").startswith(sender.name + "@")}
    if missing := sender.acked - incoming:
        problems.append(f"{user.name}: acknowledged but not in the receiver's archive: {sorted(missing)[:10]}")
    if missing := sender.acked - set(user.seen):
        problems.append(f"{user.name}: acknowledged but never delivered: {sorted(missing)[:10]}")
    if user.seen_order != sorted(user.seen_order):
        problems.append(f"{user.name}: shown out of order")


async def run(options, data_dir):
    server = Server(options.queqiaod, data_dir, options.tls)
    server.start()
    users = []
    for number in range(options.pairs):
        users += [User(f"a{number}", f"b{number}", server), User(f"b{number}", f"a{number}", server)]
    for user in users:
        stream = Stream(DOMAIN, server.port, options.tls)
        await stream.open()
        await register(stream, user.name, PASSWORD)
        stream.close()
    registrar, stop = Registrar(server), asyncio.Event()
    tasks = [asyncio.ensure_future(person.live(stop)) for person in [*users, registrar]]
    for number in range(options.kills):
        await asyncio.sleep(random.uniform(0.3, 1.5))
        server.kill()
        server.start()
        if number % 10 == 9:
            print(f"... {number + 1} kills, {sum(len(user.acked) for user in users)} messages acknowledged", flush=True)
    await asyncio.sleep(1)
    stop.set()
    await asyncio.wait_for(asyncio.gather(*tasks), 60)
    await settle(server, users)
    problems = await check(server, users, registrar)
    server.stop()
    report(users, registrar, options)
    return problems


async def settle(server, users):
    """A last session for everybody takes what is still to be delivered."""
    tasks = []
    for user in users:
        user.token = None
        await user.connect()
        tasks.append(asyncio.ensure_future(user.read()))
    by_name = {user.name: user for user in users}
    for _ in range(600):
        if all(by_name[user.partner].acked <= set(user.seen) for user in users):
            break
        await asyncio.sleep(0.1)
    for task, user in zip(tasks, users):
        task.cancel()
        user.stream.close()
    await asyncio.gather(*tasks, return_exceptions=True)


async def check(server, users, registrar):
    problems, by_name = [], {user.name: user for user in users}
    for user in users:
        stored = await check_user(server, user, problems)
        check_receiver(user, by_name[user.partner], stored, problems)
    for name in registrar.made:
        try:
            (await fresh_login(server, name)).close()
        except (Disconnected, Refused) as error:
            problems.append(f"{name}: registration was answered, but it cannot log in: {error}")
    if not registrar.made or not any(user.roster_answered for user in users) or not all(user.acked for user in users):
        problems.append("nothing was measured: no message, roster change or registration was acknowledged")
    return problems


def report(users, registrar, options):
    acked = sum(len(user.acked) for user in users)
    again = sum(count - 1 for user in users for count in user.seen.values())
    print(f"{options.kills} kills: {acked} messages acknowledged, {sum(u.roster_answered for u in users)} roster changes, "
          f"{len(registrar.made)} registrations; {sum(u.failed_resumes for u in users)} sessions were lost and begun anew; "
          f"{again} deliveries were repeated and recognised by their ids")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queqiaod", required=True)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=8)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else int.from_bytes(os.urandom(4), "big")
    print(f"seed {seed}", flush=True)
    random.seed(seed)
    with tempfile.TemporaryDirectory(prefix="queqiao-durability-") as data_dir:
        problems = asyncio.run(run(options, data_dir))
    print("\n".join(problems) or "everything that was acknowledged is there, once and in order")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
