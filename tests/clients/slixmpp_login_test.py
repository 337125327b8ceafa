"""Registration, TLS, log-in and resumption, as slixmpp does them."""

import asyncio
import unittest

from slixmpp.exceptions import IqError

from slixmpp_peer import PATIENCE, Conversation


class Registration(Conversation):
    def newcomer(self, user, password):
        """A client without account, which registers what it is asked to."""
        client = self.client(user, password=password)
        client._always_send_everything = True  # slixmpp 1.8 holds back what is sent before the log-in
        client.forms, client.refusals = [], []

        async def register(form):
            client.forms.append(form)
            request = client.make_iq_set()
            request["register"]["username"] = user
            request["register"]["password"] = password
            try:
                await request.send()
            except IqError as error:
                client.refusals.append(error.iq["error"]["condition"])

        client.add_event_handler("register", register)
        return client

    async def test_an_account_is_made_in_band_and_logs_in_on_the_same_stream(self):
        mercutio = self.newcomer("mercutio", "queen mab")
        await mercutio.open()
        self.assertEqual(mercutio.refusals, [])
        self.assertLessEqual({"username", "password"}, mercutio.forms[0]["register"]["fields"])
        self.assertEqual(mercutio.boundjid.full, "mercutio@localhost/desk")

    async def test_a_name_that_is_taken_is_refused(self):
        user = self.account("tybalt")
        impostor = self.newcomer(user, "other")
        refused = asyncio.ensure_future(impostor.wait_until("failed_all_auth", PATIENCE))
        impostor.dial()
        await refused
        self.assertEqual(impostor.refusals, ["conflict"])

    async def test_a_changed_password_replaces_the_old_one(self):
        juliet = await self.peer("juliet")
        await juliet["xep_0077"].change_password("nightingale", jid="localhost", ifrom=juliet.boundjid)
        await self.client(juliet.boundjid.user, password="nightingale", resource="balcony").open()
        locked_out = self.client(juliet.boundjid.user, resource="street")
        locked_out.dial()
        await locked_out.expect("failed_all_auth")

    async def test_a_closed_account_cannot_log_in(self):
        paris = await self.peer("paris")
        ended = asyncio.ensure_future(paris.wait_until("disconnected", PATIENCE))
        removal = paris["xep_0077"].cancel_registration()
        removal.add_done_callback(lambda done: done.cancelled() or done.exception())  # the stream may end before it
        await ended
        ghost = self.client(paris.boundjid.user)
        ghost.dial()
        await ghost.expect("failed_all_auth")


class LogIn(Conversation):
    async def test_the_strongest_scram_is_chosen_under_tls(self):
        juliet = await self.peer("juliet")
        self.assertRegex(juliet["feature_mechanisms"].mech.name, "^SCRAM-SHA-256$")
        self.assertIn("starttls", juliet.features)
        self.assertIn(juliet.socket.version(), ("TLSv1.2", "TLSv1.3"))

    async def test_every_mechanism_without_channel_binding_works(self):
        user = self.account("juliet")
        juliet = await self.device(user)
        for mechanism in sorted(juliet["feature_mechanisms"].use_mechs):
            with self.subTest(mechanism):
                client = self.client(user, resource=mechanism)
                client["feature_mechanisms"].use_mechs = {mechanism}
                await client.open()
                self.assertEqual(client["feature_mechanisms"].mech.name, mechanism)

    async def test_a_wrong_password_is_refused(self):
        stranger = self.client(self.account("juliet"), password="guess")
        stranger.dial()
        await stranger.expect("failed_all_auth")
        self.assertFalse(stranger.authenticated)

    async def test_the_certificate_stands_for_the_domain(self):
        """slixmpp verifies chain and name; with another authority it must not get as far as a password."""
        doubter = self.client(self.account("juliet"), certificate="/etc/ssl/certs/ca-certificates.crt")
        doubter.dial()
        await doubter.expect("disconnected")
        self.assertFalse(doubter.authenticated)


class Resumption(Conversation):
    async def test_what_came_while_the_connection_was_down_comes_once_after_it(self):
        romeo, juliet = await self.friends()
        await juliet.cut()
        romeo.say(juliet.boundjid.full, "Are you there?")
        await romeo.hand_over()
        juliet.dial()
        await juliet.expect("session_resumed")
        await juliet.expect_text("Are you there?")
        await juliet.settle()
        self.assertEqual(juliet.texts(), [])
        self.assertEqual([name for name, _ in romeo.happened if name == "presence_unavailable"], [])

    async def test_stanzas_are_acknowledged(self):
        romeo, juliet = await self.friends()
        for number in range(12):
            romeo.say(juliet.boundjid.bare, f"line {number}")
        await romeo.hand_over()
        await juliet.expect_text("line 11")


if __name__ == "__main__":
    unittest.main()
