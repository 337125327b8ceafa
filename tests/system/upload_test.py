"""Files over HTTPS with the built server: slots by XMPP, bytes by Python's http.client, which shares no code with ours."""

import hashlib
import http.client
import os
import re
import signal
import ssl
import time
import unittest
from urllib.parse import urlsplit

from queqiao_process import PATIENCE, Folder


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


def connection(url):
    return http.client.HTTPSConnection("127.0.0.1", urlsplit(url).port, timeout=PATIENCE, context=context())


def call(method, url, body=None, **headers):
    """The answer and its body."""
    link = connection(url)
    link.request(method, urlsplit(url).path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = link.getresponse()
    answer.content = answer.read()
    link.close()
    return answer


class Uploads(Folder, unittest.TestCase):
    def serve(self, *lines):
        config = self.write("queqiao.toml", "\n".join(["[upload]", "free_bytes = 0", *lines]))
        return self.start("data", "--https", "127.0.0.1:0", "--config", config)

    def ask(self, server, size, name="a.png", user="juliet"):
        """What the server answers to a request for a slot."""
        client = self.connect(server)
        self.assertTrue(client.log_in(user))
        return client._say(f"<iq type='get' id='u' to='localhost'><request xmlns='urn:xmpp:http:upload:0' filename='{name}' "
                           f"size='{size}' content-type='image/png'/></iq>", "</iq>")

    def slot(self, server, size, **options):
        answer = self.ask(server, size, **options)
        put = re.search(r"<put url='([^']+)'", answer)
        self.assertTrue(put, answer)
        return put.group(1)

    def files(self):
        return [os.path.join(folder, name) for folder, _, names in os.walk(self.path("data/files")) for name in names]

    def test_the_address_has_the_port_that_was_found(self):
        server = self.serve()
        server.add("juliet")
        port = re.search(r"listens on 127\.0\.0\.1:(\d+) for HTTPS", "\n".join(server.lines)).group(1)
        url = self.slot(server, 1, name="été à 北京.png")
        self.assertTrue(url.startswith(f"https://localhost:{port}/upload/"), url)
        self.assertTrue(url.endswith("/%C3%A9t%C3%A9%20%C3%A0%20%E5%8C%97%E4%BA%AC.png"), url)

    def test_a_file_comes_back_as_it_went_also_after_a_restart(self):
        server = self.serve()
        server.add("juliet")
        content = os.urandom(3_000_000)
        url = self.slot(server, len(content))
        self.assertEqual(call("PUT", url, content, Content_Type="image/png").status, 201)
        self.assertEqual(server.end(), 0)
        self.serve()
        self.assertEqual(len(self.files()), 1)

    def test_a_large_file_goes_and_comes_in_parts(self):
        server = self.serve("file_bytes = 200_000_000")
        server.add("juliet")
        content = os.urandom(1 << 20) * 48
        url = self.slot(server, len(content))
        self.assertEqual(call("PUT", url, content).status, 201)
        got = b"".join(call("GET", url, Range=f"bytes={first}-{first + (20 << 20) - 1}").content
                       for first in range(0, len(content), 20 << 20))
        self.assertEqual(hashlib.sha256(got).digest(), hashlib.sha256(content).digest())
        self.assertEqual(call("GET", url, Range=f"bytes={len(content)}-").status, 416)

    def test_the_quota_survives_a_restart(self):
        server = self.serve("file_bytes = 1000", "quota_bytes = 1500")
        server.add("juliet")
        self.assertEqual(call("PUT", self.slot(server, 1000), bytes(1000)).status, 201)
        self.assertEqual(server.end(), 0)
        server = self.serve("file_bytes = 1000", "quota_bytes = 1500")
        self.assertIn("resource-constraint", self.ask(server, 501))
        self.assertIn("<slot", self.ask(server, 500))

    def test_a_file_above_the_limit_is_refused_with_the_limit(self):
        server = self.serve("file_bytes = 1000")
        server.add("juliet")
        self.assertIn("<max-file-size>1000</max-file-size>", self.ask(server, 1001))

    def test_a_kill_in_the_middle_leaves_nothing_that_is_seen_and_the_rest_may_follow(self):
        server = self.serve()
        server.add("juliet")
        content = os.urandom(4_000_000)
        url = self.slot(server, len(content))
        link = connection(url)
        link.putrequest("PUT", urlsplit(url).path)
        link.putheader("Content-Length", str(len(content)))
        link.endheaders()
        link.send(content[:3_000_000])
        self.wait_for_bytes()
        server.end(signal.SIGKILL)
        link.close()
        server = self.serve()
        url = self.moved(url, server)
        self.assertEqual(call("GET", url).status, 404)
        head = call("HEAD", url)
        offset = int(head.headers["Upload-Offset"])
        self.assertEqual(head.headers["Upload-Complete"], "?0")
        self.assertGreater(offset, 0)
        rest = call("PUT", url, content[offset:], Content_Range=f"bytes {offset}-{len(content) - 1}/{len(content)}")
        self.assertEqual(rest.status, 201)
        self.assertEqual(call("GET", url).content, content)
        self.assertFalse([name for name in self.files() if name.endswith(".part")])

    def test_what_was_acknowledged_survives_a_kill(self):
        server = self.serve()
        server.add("juliet")
        content = os.urandom(100_000)
        url = self.slot(server, len(content))
        self.assertEqual(call("PUT", url, content).status, 201)
        server.end(signal.SIGKILL)
        server = self.serve()
        self.assertEqual(call("GET", self.moved(url, server)).content, content)

    def test_files_of_a_deleted_account_are_gone(self):
        server = self.serve()
        server.add("juliet")
        url = self.slot(server, 5)
        self.assertEqual(call("PUT", url, b"hello").status, 201)
        server.ask("users", "delete", "juliet")
        self.assertEqual(call("GET", url).status, 404)

    def test_files_that_nobody_knows_are_removed_after_a_start(self):
        server = self.serve()
        server.add("juliet")
        url = self.slot(server, 5)
        self.assertEqual(call("PUT", url, b"hello").status, 201)
        folder = self.path("data/files/zz")
        os.makedirs(folder, exist_ok=True)
        stray = os.path.join(folder, "zz" + 20 * "A")
        with open(stray, "wb") as file:
            file.write(b"left over")
        self.assertEqual(server.end(), 0)
        server = self.serve()
        deadline = time.monotonic() + PATIENCE
        while os.path.exists(stray) and time.monotonic() < deadline:
            time.sleep(0.2)
        self.assertFalse(os.path.exists(stray))
        self.assertEqual(call("GET", self.moved(url, server)).content, b"hello")

    def moved(self, url, server):
        """The same file at the port of a server that was started again."""
        port = re.search(r"listens on 127\.0\.0\.1:(\d+) for HTTPS", "\n".join(server.lines)).group(1)
        return re.sub(r"localhost:\d+", f"localhost:{port}", url)

    def wait_for_bytes(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if any(os.path.getsize(name) > 0 for name in self.files()):
                return
            time.sleep(0.01)
        self.fail("nothing was written")


class Pages(Folder, unittest.TestCase):
    def test_everything_else_is_not_found_and_says_so_with_care(self):
        server = self.start("data", "--http", "127.0.0.1:0", "--https", "127.0.0.1:0")
        port = int(re.search(r"listens on 127\.0\.0\.1:(\d+) for HTTP$", "\n".join(server.lines), re.M).group(1))
        for path in ("/", "/admin", "/upload", "/index.html"):
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            link.request("GET", path)
            answer = link.getresponse()
            self.assertEqual(answer.status, 404)
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertIn("frame-ancestors 'none'", answer.headers["Content-Security-Policy"])
            link.close()

    def test_without_tls_or_a_public_address_there_are_no_uploads(self):
        server = self.start("data", "--http", "127.0.0.1:0")
        server.add("juliet")
        client = self.connect(server)
        self.assertTrue(client.log_in("juliet"))
        answer = client._say("<iq type='get' id='d' to='localhost'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>", "</iq>")
        self.assertNotIn("upload", answer)

    def test_a_public_address_is_given_out_as_it_is(self):
        config = self.write("queqiao.toml", '[http]\npublic_url = "https://files.example/"\n')
        server = self.start("data", "--http", "127.0.0.1:0", "--config", config)
        server.add("juliet")
        client = self.connect(server)
        self.assertTrue(client.log_in("juliet"))
        answer = client._say("<iq type='get' id='u' to='localhost'><request xmlns='urn:xmpp:http:upload:0' filename='a' size='1'/></iq>",
                             "</iq>")
        self.assertIn("<put url='https://files.example/upload/", answer)


if __name__ == "__main__":
    unittest.main()
