"""What the server and the account answer to slixmpp: discovery, profile, private storage and the like."""

import unittest
from datetime import datetime, timedelta, timezone

from slixmpp.exceptions import IqError
from slixmpp.plugins.xep_0048.stanza import Bookmarks

from slixmpp_peer import Conversation


class Discovery(Conversation):
    async def test_the_hash_of_the_capabilities_is_that_of_the_answer(self):
        """XEP-0115 5.4, computed by slixmpp."""
        juliet = await self.peer("juliet")
        announced = (await juliet.expect("entity_caps", lambda presence: presence["from"] == "localhost"))["caps"]
        answer = await juliet["xep_0030"].get_info("localhost", f"{announced['node']}#{announced['ver']}")
        computed = juliet["xep_0115"].generate_verstring(answer["disco_info"], announced["hash"])
        self.assertEqual(computed, announced["ver"])

    async def test_what_was_used_here_is_announced(self):
        juliet = await self.peer("juliet")
        server = (await juliet["xep_0030"].get_info("localhost"))["disco_info"]
        self.assertIn(("server", "im", None, "Queqiao"), server["identities"])
        self.assertLessEqual({"urn:xmpp:ping", "urn:xmpp:carbons:2", "urn:xmpp:blocking", "jabber:iq:register", "jabber:iq:private",
                              "jabber:iq:version", "urn:xmpp:time"}, set(server["features"]))
        account = (await juliet["xep_0030"].get_info(juliet.boundjid.bare))["disco_info"]
        self.assertLessEqual({"urn:xmpp:mam:2", "vcard-temp"}, set(account["features"]))

    async def test_clients_of_friends_can_be_asked(self):
        romeo, juliet = await self.friends()
        info = (await romeo["xep_0030"].get_info(juliet.boundjid))["disco_info"]
        self.assertIn("urn:xmpp:ping", info["features"])

    async def test_strangers_learn_nothing(self):
        juliet, stranger = await self.peer("juliet"), await self.peer("stranger")
        for asked in (juliet.boundjid.bare, "nobody@localhost"):
            with self.assertRaises(IqError) as refusal:
                await stranger["xep_0030"].get_info(asked)
            self.assertEqual(refusal.exception.condition, "service-unavailable")


class Answers(Conversation):
    async def test_ping_version_and_time(self):
        juliet = await self.peer("juliet")
        self.assertGreaterEqual(await juliet["xep_0199"].ping("localhost"), 0)
        self.assertEqual((await juliet["xep_0092"].get_version("localhost"))["software_version"]["name"], "Queqiao")
        told = await juliet["xep_0202"].get_entity_time("localhost")
        utc = told["entity_time"].xml.findtext("{urn:xmpp:time}utc")  # slixmpp 1.8 adds a second Z to it
        self.assertLess(abs(datetime.now(timezone.utc) - datetime.fromisoformat(utc)), timedelta(hours=1))

    async def test_last_activity_of_a_friend_is_told_and_of_a_stranger_is_not(self):
        romeo, juliet = await self.friends()
        await juliet.leave()
        await romeo.expect("presence_unavailable", lambda presence: presence["from"] == juliet.boundjid)
        idle = await romeo["xep_0012"].get_last_activity(juliet.boundjid.bare)
        self.assertGreaterEqual(idle["last_activity"]["seconds"], 0)
        stranger = await self.peer("stranger")
        with self.assertRaises(IqError) as refusal:
            await stranger["xep_0012"].get_last_activity(juliet.boundjid.bare)
        self.assertEqual(refusal.exception.condition, "forbidden")


class Stored(Conversation):
    async def test_a_profile_is_published_and_read_by_others(self):
        juliet, romeo = await self.peer("juliet"), await self.peer("romeo")
        card = juliet["xep_0054"].make_vcard()
        card["FN"], card["NICKNAME"] = "朱丽叶", ["Jule"]
        await juliet["xep_0054"].publish_vcard(card)
        read = (await romeo["xep_0054"].get_vcard(juliet.boundjid.bare))["vcard_temp"]
        self.assertEqual((read["FN"], read["NICKNAME"]), ("朱丽叶", ["Jule"]))

    async def test_private_storage_is_found_by_the_next_device(self):
        juliet = await self.peer("juliet")
        juliet["xep_0049"].register(Bookmarks)
        bookmarks = Bookmarks()
        bookmarks.add_conference("verona@rooms.localhost", "Jule", name="Verona", autojoin=True)
        await juliet["xep_0049"].store(bookmarks)
        later = await self.device(juliet.boundjid.user, resource="later")
        later["xep_0049"].register(Bookmarks)
        found = (await later["xep_0049"].retrieve("bookmarks"))["private"]["bookmarks"]
        self.assertEqual([(room["jid"], room["nick"]) for room in found["conferences"]], [("verona@rooms.localhost", "Jule")])


if __name__ == "__main__":
    unittest.main()
