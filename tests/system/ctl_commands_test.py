"""queqiaoctl against a running server: every command, and what it refuses."""

import os
import socket
import stat
import unittest

from queqiao_process import Folder, ctl


class Commands(Folder, unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.server = self.start()

    def refused(self, *arguments, stdin=""):
        outcome = self.server.ctl(*arguments, stdin=stdin)
        self.assertEqual(outcome.returncode, 1, outcome.stdout + outcome.stderr)
        return outcome.stderr

    def test_status_tells_what_the_operator_looks_for(self):
        self.server.add("juliet")
        client = self.connect(self.server)
        self.assertTrue(client.log_in("juliet"))
        status = self.server.ask("status")
        self.assertEqual((status["accounts"], status["sessions"], status["store"]), (1, 1, "good"))
        self.assertEqual(len(status["shards"]), 2)
        self.assertEqual(status["listeners"], [f"127.0.0.1:{self.server.port} (STARTTLS)"])
        self.assertTrue(status["archive"])
        text = self.server.ctl("status").stdout
        for word in ("version", "uptime", "pending writes", "memory", "open registration"):
            self.assertIn(word, text)

    def test_sessions_are_listed_with_address_tls_and_presence(self):
        self.server.add("juliet")
        client = self.connect(self.server)
        client.log_in("juliet", resource="balcony")
        for listed in (self.server.ask("sessions"), self.server.ask("sessions", "juliet@localhost")):
            self.assertEqual(listed["total"], 1)
            session = listed["sessions"][0]
            self.assertEqual(session["jid"], "juliet@localhost/balcony")
            self.assertEqual(session["address"], "127.0.0.1")
            self.assertEqual(session["tls"], "TLSv1.3")
            self.assertEqual(session["presence"], "available")
            self.assertTrue(session["is_attached"])
            self.assertGreater(session["bytes_in"], 0)
        self.assertEqual(self.server.ask("sessions", "romeo")["total"], 0)
        self.assertIn("juliet@localhost/balcony", self.server.ctl("sessions").stdout)

    def test_an_account_that_was_added_logs_in_under_its_normal_name(self):
        self.server.add("Juliet", "wherefore")
        self.assertTrue(self.connect(self.server).log_in("juliet", "wherefore"))
        self.assertFalse(self.connect(self.server).log_in("juliet", "something else"))
        self.assertIn("exists already", self.refused("users", "add", "JULIET", "--password-stdin", stdin="x\n"))

    def test_names_and_passwords_that_cannot_be_are_refused(self):
        for name in ("", "a b", "a/b", "juliet@capulet.lit", "x" * 2000):
            self.refused("users", "add", name, "--password-stdin", stdin="secret\n")
        self.refused("users", "add", "juliet", "--password-stdin", stdin="\n")
        self.assertEqual(self.server.ask("users", "count")["count"], 0)

    def test_a_new_password_replaces_the_old_one(self):
        self.server.add("juliet", "old")
        self.server.ask("users", "passwd", "juliet", "--password-stdin", stdin="new\n")
        self.assertFalse(self.connect(self.server).log_in("juliet", "old"))
        self.assertTrue(self.connect(self.server).log_in("juliet", "new"))
        self.assertIn("no account", self.refused("users", "passwd", "romeo", "--password-stdin", stdin="x\n"))

    def test_a_disabled_account_is_out_and_stays_out_until_it_is_enabled(self):
        self.server.add("juliet")
        client = self.connect(self.server)
        client.log_in("juliet")
        self.assertEqual(self.server.ask("users", "disable", "juliet")["ended"], 1)
        self.assertIn("not-authorized", client.wait_for("</stream:stream>"))
        self.assertFalse(self.connect(self.server).log_in("juliet"))
        self.assertTrue(self.server.ask("users", "list")["users"][0]["is_disabled"])
        self.server.ask("users", "enable", "juliet")
        self.assertTrue(self.connect(self.server).log_in("juliet"))
        self.refused("users", "disable", "romeo")
        self.refused("users", "enable", "romeo")

    def test_a_deleted_account_is_gone_with_its_sessions(self):
        self.server.add("juliet")
        client = self.connect(self.server)
        client.log_in("juliet")
        self.server.ask("users", "delete", "juliet")
        self.assertIn("not-authorized", client.wait_for("</stream:stream>"))
        self.assertFalse(self.connect(self.server).log_in("juliet"))
        self.assertEqual(self.server.ask("users", "count")["count"], 0)
        self.assertIn("no account", self.refused("users", "delete", "juliet"))

    def test_accounts_are_listed_in_pages(self):
        for name in ("carol", "alice", "bob"):
            self.server.add(name)
        first = self.server.ask("users", "list", "--limit", "2")["users"]
        self.assertEqual([user["user"] for user in first], ["alice", "bob"])
        rest = self.server.ask("users", "list", "--after", "bob")["users"]
        self.assertEqual([user["user"] for user in rest], ["carol"])
        self.assertIsNone(rest[0]["last_seen"])

    def test_a_kick_ends_one_session_or_all(self):
        self.server.add("juliet")
        desk, phone = self.connect(self.server), self.connect(self.server)
        desk.log_in("juliet", resource="desk")
        phone.log_in("juliet", resource="phone")
        self.assertEqual(self.server.ask("kick", "juliet/desk")["ended"], 1)
        self.assertIn("policy-violation", desk.wait_for("</stream:stream>"))
        self.assertEqual(self.server.ask("sessions")["total"], 1)
        self.assertEqual(self.server.ask("kick", "juliet")["ended"], 1)
        phone.wait_for("</stream:stream>")
        self.assertIn("has no session", self.refused("kick", "juliet"))

    def test_an_announcement_reaches_those_online(self):
        for name in ("juliet", "romeo"):
            self.server.add(name)
        client = self.connect(self.server)
        client.log_in("juliet")
        self.assertEqual(self.server.ask("announce", "Tea & <cake>")["reached"], 1)
        message = client.wait_for("</message>")
        self.assertIn("Tea &amp; &lt;cake&gt;", message)
        self.assertRegex(message, "from=['\"]localhost['\"]")
        self.assertIn("headline", message)

    def test_an_announcement_to_one_or_all_is_for_the_offline_too(self):
        for name in ("juliet", "romeo"):
            self.server.add(name)
        client = self.connect(self.server)
        client.log_in("juliet")
        self.assertEqual(self.server.ask("announce", "--all", "closing at ten")["reached"], 2)
        self.assertIn("closing at ten", client.wait_for("</message>"))
        self.assertEqual(self.server.ask("announce", "--to", "romeo", "come home")["reached"], 1)
        self.assertIn("no account", self.refused("announce", "--to", "nobody", "hello"))
        self.refused("announce", "")

    def test_usage_errors_and_no_server_are_told_apart_from_refusals(self):
        for arguments in ((), ("frobnicate",), ("users",), ("users", "add"), ("announce", "--all", "--online", "x"),
                          ("sessions", "--limit", "0")):
            self.assertEqual(self.server.ctl(*arguments).returncode, 2, arguments)
        outcome = ctl("--data-dir", self.path("nowhere"), "status")
        self.assertEqual(outcome.returncode, 2)
        self.assertIn("is queqiaod running with --data-dir", outcome.stderr)

    def test_passwords_are_in_no_log(self):
        self.server.add("juliet", "a-very-secret-word")
        self.assertNotIn("a-very-secret-word", self.server.log())

    def test_the_socket_is_for_our_user_alone_and_survives_nonsense(self):
        path = os.path.join(self.server.data_dir, "control")
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        for nonsense in (b"\n", b"[]\n", b"{\n", b'{"command":5}\n', b'{"command":"no such"}\n', b"\xff\xfe\n",
                         b'{"command":"users add","user":7,"password":[]}\n', b"x" * 100_000):
            with socket.socket(socket.AF_UNIX) as caller:
                caller.connect(path)
                caller.sendall(nonsense)
                self.assertIn(b'"ok":false', caller.recv(4096))
        self.server.ask("status")


if __name__ == "__main__":
    unittest.main()
