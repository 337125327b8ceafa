"""The built programs as an operator starts them, and the little of XMPP that it takes to log in."""

import base64
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile

BIN = os.environ.get("QUEQIAO_BIN", "build/release/bin")
PATIENCE = 60  # seconds for what takes milliseconds: a bound against hanging, nothing is measured


class Server:
    """A queqiaod on a free port of loopback."""

    def __init__(self, data_dir, *arguments):
        self.data_dir = data_dir
        self.errors = tempfile.TemporaryFile("w+")
        command = [f"{BIN}/queqiaod", "--data-dir", data_dir, "--c2s", "127.0.0.1:0", "--shards", "2", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line == "queqiaod: ready\n":
                break
        found = re.search(r"listens on 127\.0\.0\.1:(\d+) for clients \(STARTTLS\)", "\n".join(self.lines))
        self.port = int(found.group(1)) if found else None

    def log(self):
        self.errors.seek(0)
        return self.errors.read()

    def end(self, how=signal.SIGTERM, patience=PATIENCE):
        """The exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(patience)
        self.process.stdout.close()
        return code

    def ctl(self, *arguments, stdin=""):
        return ctl("--data-dir", self.data_dir, *arguments, stdin=stdin)

    def ask(self, *arguments, stdin=""):
        """The answer as JSON, of a command that must succeed."""
        outcome = self.ctl("--json", *arguments, stdin=stdin)
        assert outcome.returncode == 0, outcome.stderr
        return json.loads(outcome.stdout)

    def add(self, user, password="secret"):
        self.ask("users", "add", user, "--password-stdin", stdin=password + "\n")


def ctl(*arguments, stdin=""):
    return subprocess.run([f"{BIN}/queqiaoctl", *arguments], input=stdin, capture_output=True, text=True, timeout=PATIENCE)


def daemon(*arguments):
    """A queqiaod that is expected to end by itself."""
    return subprocess.run([f"{BIN}/queqiaod", *arguments], capture_output=True, text=True, timeout=PATIENCE)


class Client:
    """One XMPP client: STARTTLS, PLAIN, bind."""

    def __init__(self, server, domain="localhost"):
        self.domain = domain
        self.received = ""
        self.socket = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
        self._open()
        self._say("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "<proceed")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.socket = context.wrap_socket(self.socket)
        self.certificate = self.socket.getpeercert(binary_form=True)
        self._open()

    def log_in(self, user, password="secret", resource="desk"):
        """Whether the password was taken; then the client is bound and available."""
        plain = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        answer = self._say(f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{plain}</auth>",
                           "<success|</failure>")
        if "<success" not in answer:
            return False
        self._open()
        self._say("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                  f"<resource>{resource}</resource></bind></iq>", "</iq>")
        self._say("<presence/><iq type='get' id='p' to='" + self.domain + "'><ping xmlns='urn:xmpp:ping'/></iq>",
                  "<iq[^>]*id=['\"]p['\"]")
        return True

    def wait_for(self, pattern):
        """What came up to the first match of `pattern`, and the rest of that read."""
        while not re.search(pattern, self.received):
            some = self.socket.recv(65536)
            if not some:
                raise EOFError(f"closed after {self.received!r}, expected {pattern}")
            self.received += some.decode()
        received, self.received = self.received, ""
        return received

    def close(self):
        self.socket.close()

    def _open(self):
        self._say(f"<stream:stream to='{self.domain}' version='1.0' xmlns='jabber:client' "
                  "xmlns:stream='http://etherx.jabber.org/streams'>", "</stream:features>")

    def _say(self, xml, until):
        self.socket.sendall(xml.encode())
        return self.wait_for(until)


class Folder:
    """A temporary folder, as a mixin of unittest.TestCase; every server that start() starts ends with the test."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="queqiao-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def start(self, data_dir="data", *arguments):
        server = Server(self.path(data_dir), *arguments)
        self.addCleanup(server.errors.close)
        self.addCleanup(server.end, signal.SIGKILL)
        return server

    def connect(self, server):
        client = Client(server)
        self.addCleanup(client.close)
        return client
