"""People who chat with slixmpp, against a queqiaod that is started for each class of tests."""

import asyncio
import pathlib
import re
import shutil
import signal
import tempfile
import unittest

from slixmpp import ClientXMPP
from slixmpp.xmlstream import XMLStream

from queqiao_process import PATIENCE, Server

PLUGINS = ("xep_0012 xep_0030 xep_0049 xep_0054 xep_0059 xep_0077 xep_0085 xep_0092 xep_0115 xep_0191 xep_0198 xep_0199 "
           "xep_0202 xep_0203 xep_0280 xep_0313").split()
EVENTS = ("message message_error carbon_received carbon_sent chatstate_composing presence_subscribe presence_subscribed "
          "presence_unsubscribed presence_available presence_away presence_unavailable presence_error roster_update blocked unblocked "
          "entity_caps sm_enabled sm_failed session_resumed stanza_acked failed_all_auth disconnected").split()


class Peer(ClientXMPP):
    """One client. What happens to it is kept until a test asks for it."""

    def __init__(self, server, user, password="secret", resource="desk", certificate=None):
        super().__init__(f"{user}@localhost/{resource}", password)
        self.port = server.port
        self.ca_certs = pathlib.Path(certificate or f"{server.data_dir}/certificate.pem")
        self.dns_service = None
        self.use_ipv6 = self.use_aiodns = False  # loopback by its number: nothing to look up
        self.auto_authorize = None               # the tests answer subscription requests
        self.auto_subscribe = False
        self._bind_no_channel()
        for plugin in PLUGINS:
            self.register_plugin(plugin)
        self.happened = []
        self.news = asyncio.Event()
        for name in EVENTS:
            self.add_event_handler(name, lambda what, name=name: self._keep(name, what))

    async def open(self):
        """Connects, negotiates TLS, logs in and binds; no presence is sent yet."""
        started = asyncio.ensure_future(self.wait_until("session_start", PATIENCE))
        self.dial()
        await started
        return self

    def dial(self):
        # Of the base class, whose first two arguments are the same in slixmpp 1.8 and in later versions.
        XMLStream.connect(self, "127.0.0.1", self.port)

    async def appear(self, **presence):
        """Fetches the roster, sends presence and waits for what the server answers to it."""
        await self.get_roster()
        self.send_presence(**presence)
        await self.settle()
        return self

    async def settle(self):
        """When it returns, what the server sent so far has been taken in."""
        await self["xep_0199"].send_ping("localhost")

    async def hand_over(self):
        """When it returns, the server has acknowledged, so keeps, everything that was sent (XEP-0198)."""
        await self.settle()  # slixmpp has a queue of its own, which acknowledgement requests overtake
        self["xep_0198"].request_ack()
        while self["xep_0198"].unacked_queue:
            await self.expect("stanza_acked")

    async def expect(self, event, fits=lambda what: True):
        """The first `event` that fits, which is forgotten then."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for place, (name, what) in enumerate(self.happened):
                    if name == event and fits(what):
                        del self.happened[place]
                        return what
                self.news.clear()
                await self.news.wait()

    async def expect_text(self, body, event="message"):
        return await self.expect(event, lambda message: message["body"] == body)

    def texts(self):
        """The bodies that came and that no test asked for yet."""
        return [what["body"] for name, what in self.happened if name == "message"]

    def say(self, to, body):
        self.send_message(mto=to, mbody=body, mtype="chat")

    async def cut(self):
        """The connection breaks: no stream end, no unavailable presence."""
        lost = asyncio.ensure_future(self.wait_until("disconnected", PATIENCE))
        self.transport.abort()
        await lost

    async def leave(self):
        """The stream is closed on both sides; whoever is not connected stays so."""
        self["xep_0198"].enabled_out = False
        if self.is_connected():
            await self.disconnect()
        self.cancel_connection_attempt()

    def _bind_no_channel(self):
        # Up to 1.8.4 slixmpp offers the binding tls-unique even over TLS 1.3, which has none, and without -PLUS it claims
        # that the server has no bindings: both must be refused (RFC 5802 6, RFC 9266 3). Later it does by itself as here.
        mechanisms = self["feature_mechanisms"]
        ask = mechanisms.sasl_callback
        mechanisms.sasl_callback = lambda required, optional: ask(required, optional - {"channel_binding"})
        mechanisms.use_mechs = {"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN"}

    def _keep(self, name, what):
        self.happened.append((name, what))
        self.news.set()


class Conversation(unittest.IsolatedAsyncioTestCase):
    """Tests whose people are made by peer() and who leave at the end."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="queqiao-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.server = Server(f"{cls.folder}/data", "--c2s-tls", "127.0.0.1:0", "--open-registration")
        cls.addClassCleanup(cls.server.errors.close)
        cls.addClassCleanup(cls.server.end, signal.SIGKILL)
        cls.last_person = 0

    def account(self, name):
        """The user name of a new account. Each test has its own people."""
        type(self).last_person += 1
        user = f"{name}{self.last_person}"
        self.server.add(user)
        return user

    def client(self, user, **options):
        client = Peer(self.server, user, **options)
        self.addAsyncCleanup(client.leave)
        return client

    async def peer(self, name, **options):
        """A new account whose client is online."""
        return await self.device(self.account(name), **options)

    async def device(self, user, **options):
        client = await self.client(user, **options).open()
        return await client.appear()

    async def friends(self):
        """Two who see each other's presence."""
        romeo, juliet = await self.peer("romeo"), await self.peer("juliet")
        for one, other in ((romeo, juliet), (juliet, romeo)):
            one.send_presence(pto=other.boundjid.bare, ptype="subscribe")
            await other.expect("presence_subscribe")
            other.send_presence(pto=one.boundjid.bare, ptype="subscribed")
            await one.expect("presence_subscribed")
            await one.expect("presence_available", lambda presence: presence["from"] == other.boundjid)
        return romeo, juliet


def direct_tls_port(server):
    return int(re.search(r"127\.0\.0\.1:(\d+) for clients \(direct TLS\)", "\n".join(server.lines)).group(1))
