"""slixmpp's own upload (XEP-0363), and what it finds in service discovery."""

import os
import shutil
import signal
import ssl
import tempfile
import unittest
import urllib.request

from slixmpp.exceptions import IqError

from queqiao_process import Server
from slixmpp_peer import Conversation


class Upload(Conversation):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="queqiao-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        config = f"{cls.folder}/queqiao.toml"
        with open(config, "w", encoding="utf-8") as file:
            file.write("[upload]\nfree_bytes = 0\nfile_bytes = 100000\n")
        cls.server = Server(f"{cls.folder}/data", "--https", "127.0.0.1:0", "--config", config)
        cls.addClassCleanup(cls.server.errors.close)
        cls.addClassCleanup(cls.server.end, signal.SIGKILL)
        cls.last_person = 0
        os.environ["SSL_CERT_FILE"] = f"{cls.server.data_dir}/certificate.pem"  # whom slixmpp's HTTP client trusts
        cls.addClassCleanup(os.environ.pop, "SSL_CERT_FILE")

    async def uploader(self):
        juliet = await self.peer("juliet")
        juliet.register_plugin("xep_0363")
        # slixmpp 1.8 looks for the service in a way that Python 3.11 has forbidden (asyncio.wait of coroutines).
        juliet["xep_0363"].upload_service = "localhost"
        return juliet

    async def test_the_service_is_found(self):
        juliet = await self.uploader()
        info = (await juliet["xep_0030"].get_info("localhost"))["disco_info"]
        self.assertIn(("store", "file"), [identity[:2] for identity in info["identities"]])
        self.assertIn("urn:xmpp:http:upload:0", info["features"])
        limits = [form.get_values() for form in info.iterables]
        self.assertIn({"FORM_TYPE": ["urn:xmpp:http:upload:0"], "max-file-size": "100000"}, limits)

    async def test_a_file_is_uploaded_and_others_get_it(self):
        juliet = await self.uploader()
        path = f"{self.folder}/照片.png"
        content = os.urandom(90_000)
        with open(path, "wb") as file:
            file.write(content)
        url = await juliet["xep_0363"].upload_file(path)
        with urllib.request.urlopen(url, context=ssl.create_default_context()) as file:
            self.assertEqual((file.read(), file.headers["Content-Type"]), (content, "image/png"))

    async def test_a_file_that_is_too_large_is_refused_with_the_limit(self):
        juliet = await self.uploader()
        with self.assertRaises(IqError) as refusal:
            await juliet["xep_0363"].request_slot("localhost", "large", 100_001)
        self.assertEqual(refusal.exception.condition, "not-acceptable")
        limit = refusal.exception.iq.xml.find(".//{urn:xmpp:http:upload:0}max-file-size")
        self.assertEqual(limit.text, "100000")


if __name__ == "__main__":
    unittest.main()
