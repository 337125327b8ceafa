"""queqiaod as a process: configuration, certificates, signals, crashes, backups."""

import os
import re
import shutil
import signal
import unittest

from queqiao_process import Folder, ctl, daemon

SOURCE = os.environ.get("QUEQIAO_SOURCE", ".")


class Configuration(Folder, unittest.TestCase):
    def assert_refused(self, text, line, *words):
        file = self.write("wrong.toml", text)
        by_server, by_ctl = daemon("--config", file, "--check-config"), ctl("check-config", file)
        self.assertEqual((by_server.returncode, by_ctl.returncode), (2, 1))
        for outcome in (by_server, by_ctl):
            self.assertIn(f"{file}:{line}:" if line else file, outcome.stderr)
            for word in words:
                self.assertIn(word, outcome.stderr)

    def test_what_is_wrong_is_named_with_file_and_line(self):
        self.assert_refused("[server]\ndomian = 'x'\n", 2, "domian", "domain")
        self.assert_refused("\n[sevrer]\n", 2, "sevrer", "server")
        self.assert_refused("[server]\nshards = 'two'\n", 2, "a number from 0 to 256")
        self.assert_refused("[server]\nshards = 257\n", 2, "a number from 0 to 256")
        self.assert_refused("[listen]\nc2s = ['nonsense']\n", 2, "host:port")
        self.assert_refused("[server]\nlog_level = 'loud'\n", 2, "warning")
        self.assert_refused("[server]\ndomain = 'a b'\n", 2, "domain name")
        self.assert_refused("[server\n", 1)

    def test_keys_that_do_not_fit_each_other_are_refused(self):
        self.assert_refused("[archive]\npage = 500\n", 0, "page_max")
        self.assert_refused("[tls]\ncertificate = 'a.pem'\n", 0, "belong together")

    def test_a_missing_file_is_refused(self):
        self.assertEqual(ctl("check-config", self.path("none")).returncode, 1)
        self.assertEqual(daemon("--config", self.path("none")).returncode, 2)

    def test_the_printed_example_is_accepted_with_every_line_switched_on(self):
        example = daemon("--print-config").stdout
        self.assertEqual(example, ctl("print-config").stdout)
        switched_on = re.sub(r"^# (\w+ = )", r"\1", example, flags=re.M)
        switched_on = re.sub(r"^(c2s|c2s_tls) = .*$", r"\1 = ['127.0.0.1:0']", switched_on, flags=re.M)
        self.assertEqual(ctl("check-config", self.write("all.toml", switched_on)).stderr, "")

    def test_the_manual_has_every_key_with_its_default(self):
        with open(os.path.join(SOURCE, "docs/operations.md"), encoding="utf-8") as file:
            self.assertIn("```toml\n" + daemon("--print-config").stdout + "```\n", file.read())

    def test_unknown_options_are_usage_errors(self):
        self.assertEqual(daemon("--frobnicate").returncode, 2)


class Process(Folder, unittest.TestCase):
    def test_it_says_when_it_is_ready(self):
        self.assertEqual(self.start().lines[-1], "queqiaod: ready")

    def test_sigterm_ends_it_within_ten_seconds_though_clients_are_there(self):
        server = self.start()
        server.add("juliet")
        client = self.connect(server)
        client.log_in("juliet")
        server.process.send_signal(signal.SIGTERM)
        self.assertIn("system-shutdown", client.wait_for("</stream:stream>"))
        client.close()
        self.assertEqual(server.end(patience=10), 0)
        self.assertFalse(os.path.exists(os.path.join(server.data_dir, "control")))

    def test_a_second_server_on_the_same_data_is_refused(self):
        server = self.start()
        second = daemon("--data-dir", server.data_dir, "--c2s", "127.0.0.1:0")
        self.assertEqual(second.returncode, 1)
        self.assertIn("another process uses", second.stderr)
        server.ask("status")

    def test_a_port_that_is_taken_is_refused(self):
        server = self.start()
        second = daemon("--data-dir", self.path("other"), "--c2s", f"127.0.0.1:{server.port}")
        self.assertEqual(second.returncode, 1)
        self.assertIn("Address already in use", second.stderr)

    def test_data_of_another_domain_are_refused(self):
        self.start().end()
        other = daemon("--data-dir", self.path("data"), "--domain", "example.org", "--c2s", "127.0.0.1:0")
        self.assertEqual(other.returncode, 1)
        self.assertIn("belongs to the domain localhost", other.stderr)

    def test_after_kill_9_it_starts_again_with_all_accounts(self):
        server = self.start()
        server.add("juliet")
        server.end(signal.SIGKILL)
        again = self.start()
        self.assertTrue(self.connect(again).log_in("juliet"))
        self.assertEqual(again.ask("status")["accounts"], 1)

    def test_sighup_takes_a_new_certificate_and_keeps_the_old_one_when_that_is_bad(self):
        server = self.start()
        first = self.connect(server).certificate
        donor = self.start("donor")
        donor.end()
        with open(os.path.join(server.data_dir, "certificate.pem"), "w", encoding="utf-8") as file:
            file.write("nonsense")
        self.hang_up(server, "the old one stays")
        self.assertEqual(self.connect(server).certificate, first)
        for name in ("certificate.pem", "key.pem"):
            shutil.copy(os.path.join(donor.data_dir, name), os.path.join(server.data_dir, name))
        self.hang_up(server, "was read again")
        second = self.connect(server).certificate
        self.assertNotEqual(second, first)
        self.assertEqual(server.end(), 0)

    def test_sighup_takes_over_what_needs_no_restart(self):
        file = self.write("queqiao.toml", "[limits]\nstanza_bytes = 100000\n[storage]\nreaders = 2\n")
        server = self.start("data", "--config", file)
        server.add("juliet")
        client = self.connect(server)
        client.log_in("juliet")
        long_body = "x" * 20_000
        stanza = f"<message to='juliet@localhost' id='m'><body>{long_body}</body></message>"
        client.socket.sendall(stanza.encode())
        client.wait_for("id='m'")
        self.write("queqiao.toml", "[limits]\nstanza_bytes = 10000\n[storage]\nreaders = 3\n")
        self.assertIn("[limits] stanza_bytes is 10000 now",
                      self.hang_up(server, "[storage] readers = 3: this needs a restart"))
        # Shards take a limit over in their next turn, so a stanza that follows at once may still pass.
        answer = ""
        while "</stream:stream>" not in answer:
            client.socket.sendall(stanza.encode())
            answer = client.wait_for("id='m'|</stream:stream>")
        self.assertIn("policy-violation", answer, "also for clients that are there")
        self.write("queqiao.toml", "[limits]\nstanza_bytes = 'many'\n")
        self.hang_up(server, f"the settings stay as they are: {file}:2: ")
        self.assertTrue(self.connect(server).log_in("juliet"))
        self.assertEqual(server.end(), 0)

    def hang_up(self, server, word):
        server.process.send_signal(signal.SIGHUP)
        # Follows the log until the word is there; the test's time limit ends it when it never comes.
        with open(f"/proc/self/fd/{server.errors.fileno()}", encoding="utf-8") as log:
            text = log.read()
            while word not in text:
                text += log.read()
        return text

    def test_a_backup_in_a_new_data_directory_serves_the_same_accounts(self):
        server = self.start()
        server.add("juliet")
        server.add("romeo", "montague")
        backup = self.path("backup.db")
        self.assertGreater(server.ask("backup", backup)["bytes"], 0)
        self.assertEqual(server.ctl("backup", backup).returncode, 1, "never over a file that exists")
        server.end()
        os.mkdir(self.path("restored"))
        shutil.copy(backup, self.path("restored/queqiao.db"))
        restored = self.start("restored")
        self.assertTrue(self.connect(restored).log_in("romeo", "montague"))
        self.assertEqual(restored.ask("users", "count")["count"], 2)

    def test_a_backup_that_cannot_be_written_is_refused(self):
        server = self.start()
        self.assertEqual(server.ctl("backup", self.path("no/such/folder/b.db")).returncode, 1)
        server.ask("status")


if __name__ == "__main__":
    unittest.main()
