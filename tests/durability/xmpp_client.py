"""A small XMPP client for tests: what it sends and what it has seen acknowledged is plain to see. Python's library only."""
import asyncio
import base64
import ssl
import xml.etree.ElementTree as ET

CLIENT = "{jabber:client}"
SM = "{urn:xmpp:sm:3}"
STREAM = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='{}' version='1.0'>"


class Disconnected(Exception):
    """The connection or the server is gone; the caller connects again."""


class Refused(Exception):
    """The server said no, in so many words."""


class Stream:
    """One connection: first-level elements in, text out."""

    def __init__(self, domain, port, use_tls):
        self.domain, self.port, self.use_tls = domain, port, use_tls
        self.reader = self.writer = self.parser = None
        self.depth = 0
        self.ready = []

    async def open(self):
        try:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            await self._header()
            if self.use_tls:
                await self._start_tls()
        except OSError as error:
            raise Disconnected(str(error)) from error

    async def _start_tls(self):
        self.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
        await self.next()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False  # the certificate is the server's own, made at its first start
        context.verify_mode = ssl.CERT_NONE
        loop = asyncio.get_running_loop()
        transport = self.writer.transport
        protocol = transport.get_protocol()
        tls = await loop.start_tls(transport, protocol, context)
        self.reader._transport = tls  # pylint: disable=protected-access
        self.writer = asyncio.StreamWriter(tls, protocol, self.reader, loop)
        await self._header()

    async def _header(self):
        self.parser = ET.XMLPullParser(["start", "end"])
        self.depth, self.ready = 0, []
        self.send(STREAM.format(self.domain))
        return await self.next()  # features

    restart = _header

    def send(self, text):
        if self.writer.is_closing():
            raise Disconnected("closed")
        self.writer.write(text.encode())

    async def next(self):
        """The next first-level element."""
        while not self.ready:
            try:
                data = await self.reader.read(65536)
            except (OSError, ssl.SSLError) as error:
                raise Disconnected(str(error)) from error
            if not data:
                raise Disconnected("end of stream")
            self.parser.feed(data)
            for event, element in self.parser.read_events():
                self.depth += 1 if event == "start" else -1
                if event == "end" and self.depth == 1:
                    self.ready.append(element)
        element = self.ready.pop(0)
        if element.tag.endswith("}error") and "streams" in element.tag:
            raise Disconnected(ET.tostring(element, encoding="unicode"))
        return element

    def close(self):
        if self.writer:
            self.writer.transport.abort()


async def register(stream, user, password):
    """XEP-0077 on a fresh stream. True when made, False when it was there."""
    stream.send(f"<iq type='set' id='reg'><query xmlns='jabber:iq:register'><username>{user}</username>"
                f"<password>{password}</password></query></iq>")
    answer = await stream.next()
    if answer.get("type") == "result":
        return True
    if answer.find(f".//{{urn:ietf:params:xml:ns:xmpp-stanzas}}conflict") is not None:
        return False
    raise Refused(ET.tostring(answer, encoding="unicode"))


async def log_in(stream, user, password):
    """SASL PLAIN and the new stream after it."""
    token = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
    stream.send(f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{token}</auth>")
    answer = await stream.next()
    if not answer.tag.endswith("success"):
        raise Refused(ET.tostring(answer, encoding="unicode"))
    await stream.restart()


async def bind(stream, resource):
    stream.send(f"<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                f"<resource>{resource}</resource></bind></iq>")
    answer = await stream.next()
    if answer.get("type") != "result":
        raise Refused(ET.tostring(answer, encoding="unicode"))


async def request(stream, text, wanted_id, others):
    """Sends an IQ and waits for its answer; what comes before it goes to `others`."""
    stream.send(text)
    while True:
        element = await stream.next()
        if element.tag == CLIENT + "iq" and element.get("id") == wanted_id and element.get("type") in ("result", "error"):
            return element
        others(element)


async def archive(stream, user, domain):
    """The whole archive of `user`, oldest first: pairs of archive id and <message/>."""
    found, last, page = [], "", 0
    while True:
        page += 1
        after = f"<after>{last}</after>" if last else ""
        results = []
        answer = await request(
            stream,
            f"<iq type='set' id='mam{page}'><query xmlns='urn:xmpp:mam:2' queryid='q'><set xmlns='http://jabber.org/protocol/rsm'>"
            f"<max>200</max>{after}</set></query></iq>", f"mam{page}", results.append)
        if answer.get("type") != "result":
            raise Refused(ET.tostring(answer, encoding="unicode"))
        for element in results:
            result = element.find("{urn:xmpp:mam:2}result")
            if result is not None and element.get("from") in (None, f"{user}@{domain}"):
                found.append((result.get("id"), result.find(f".//{CLIENT}message")))
        fin = answer.find("{urn:xmpp:mam:2}fin")
        if fin.get("complete") == "true":
            return found
        last = fin.find(".//{http://jabber.org/protocol/rsm}last").text
