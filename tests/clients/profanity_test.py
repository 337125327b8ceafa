"""profanity, a client in C with libstrophe, talks with slixmpp through the real server."""

import unittest

from profanity_terminal import Profanity
from slixmpp_peer import Conversation


class Terminal(Conversation):
    terminals = 0

    def open(self):
        type(self).terminals += 1
        terminal = Profanity(f"{self.folder}/terminal{self.terminals}")
        self.addCleanup(terminal.end)
        return terminal

    async def logged_in(self, user):
        terminal = self.open()
        await terminal.connect(f"{user}@localhost", self.server.port)
        await terminal.shows("logged in successfully")
        return terminal

    async def test_a_person_at_a_terminal_chats_with_another_client(self):
        juliet, user = await self.peer("juliet"), self.account("romeo")
        terminal = await self.logged_in(user)
        await terminal.run(f"/msg {juliet.boundjid.bare} It is my lady 罗密欧 & <3")
        heard = await juliet.expect_text("It is my lady 罗密欧 & <3")
        self.assertEqual(heard["from"].bare, f"{user}@localhost")
        juliet.say(heard["from"], "Ay me 朱丽叶")
        await terminal.shows("Ay me 朱丽叶")

    async def test_messages_wait_for_the_terminal_to_come_online(self):
        juliet, user = await self.peer("juliet"), self.account("romeo")
        juliet.say(f"{user}@localhost", "At what o'clock tomorrow?")
        juliet.say(f"{user}@localhost", "By the hour of nine")
        await juliet.hand_over()
        terminal = await self.logged_in(user)
        await terminal.shows(f"<< chat message: {juliet.boundjid.bare}")
        await terminal.run(f"/msg {juliet.boundjid.bare}")
        await terminal.shows("At what o'clock tomorrow?")
        await terminal.shows("By the hour of nine")

    async def test_a_friend_is_asked_for_and_seen(self):
        juliet, user = await self.peer("juliet"), self.account("romeo")
        terminal = await self.logged_in(user)
        await terminal.run(f"/sub request {juliet.boundjid.bare}")
        await juliet.expect("presence_subscribe")
        juliet.send_presence(pto=f"{user}@localhost", ptype="subscribed")
        await terminal.shows(f"++ {juliet.boundjid.bare} (desk) is online")
        juliet.send_presence(pto=f"{user}@localhost", ptype="subscribe")
        await terminal.shows(f"Received authorization request from {juliet.boundjid.bare}")
        await terminal.run(f"/sub allow {juliet.boundjid.bare}")
        await juliet.expect("presence_subscribed")
        await terminal.run("/status set away anon")
        away = await juliet.expect("presence_away")
        self.assertEqual(away["status"], "anon")

    async def test_an_account_is_registered_and_logs_in(self):
        terminal = self.open()
        await terminal.shows("Type '/help' to show complete help.")
        await terminal.run(f"/register benvolio localhost port {self.server.port} tls trust")
        await terminal.shows("Enter password:")
        await terminal.run("secret")
        await terminal.shows("Confirm password:")
        await terminal.run("secret")
        await terminal.shows("Registration successful.")
        benvolio = await self.device("benvolio")
        self.assertEqual(benvolio.boundjid.bare, "benvolio@localhost")

    async def test_a_wrong_password_is_told(self):
        terminal = self.open()
        await terminal.connect(f"{self.account('romeo')}@localhost", self.server.port, "guess")
        await terminal.shows("Login failed")


if __name__ == "__main__":
    unittest.main()
