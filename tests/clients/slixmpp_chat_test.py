"""Contacts, messages and their archive, as slixmpp uses them."""

import unittest

from slixmpp.exceptions import IqError

from slixmpp_peer import Conversation


class Contacts(Conversation):
    async def test_contacts_are_kept_with_name_and_groups_until_they_are_removed(self):
        juliet = await self.peer("juliet")
        await juliet.update_roster("nurse@localhost", name="Nurse", groups=["Household", "Servants"])
        later = await self.device(juliet.boundjid.user, resource="balcony")
        nurse = later.client_roster["nurse@localhost"]
        self.assertEqual((nurse["name"], sorted(nurse["groups"])), ("Nurse", ["Household", "Servants"]))
        juliet.del_roster_item("nurse@localhost")
        await later.expect("roster_update", lambda push: push["roster"]["items"]["nurse@localhost"]["subscription"] == "remove")
        latest = await self.device(juliet.boundjid.user, resource="garden")
        self.assertFalse(latest.client_roster.has_jid("nurse@localhost"))

    async def test_a_subscription_both_ways_shows_presence_both_ways(self):
        romeo, juliet = await self.friends()
        for one, other in ((romeo, juliet), (juliet, romeo)):
            again = await self.device(one.boundjid.user, resource="again")
            self.assertEqual(again.client_roster[other.boundjid.bare]["subscription"], "both")
        juliet.send_presence(pshow="away", pstatus="on the balcony")
        seen = await romeo.expect("presence_away")
        self.assertEqual((seen["from"], seen["status"]), (juliet.boundjid, "on the balcony"))
        await juliet.leave()
        await romeo.expect("presence_unavailable", lambda presence: presence["from"] == juliet.boundjid)

    async def test_a_request_waits_for_who_is_offline_and_can_be_refused(self):
        romeo, user = await self.peer("romeo"), self.account("juliet")
        romeo.send_presence(pto=f"{user}@localhost", ptype="subscribe", pstatus="From the masque")
        await romeo.settle()
        juliet = await self.device(user)
        request = await juliet.expect("presence_subscribe")
        self.assertEqual((request["from"], request["status"]), (romeo.boundjid.bare, "From the masque"))
        juliet.send_presence(pto=romeo.boundjid.bare, ptype="unsubscribed")
        await romeo.expect("presence_unsubscribed")
        again = await self.device(user, resource="again")
        self.assertFalse(again.client_roster.has_jid(romeo.boundjid.bare))


class Messages(Conversation):
    async def test_two_people_chat(self):
        romeo, juliet = await self.peer("romeo"), await self.peer("juliet")
        for one, other in ((romeo, juliet), (juliet, romeo)):
            one.say(other.boundjid.bare, "罗密欧 & <朱丽叶> 🌹")
            heard = await other.expect_text("罗密欧 & <朱丽叶> 🌹")
            self.assertEqual((heard["from"], heard["type"]), (one.boundjid, "chat"))

    async def test_typing_is_seen(self):
        romeo, juliet = await self.peer("romeo"), await self.peer("juliet")
        typing = romeo.make_message(juliet.boundjid, mtype="chat")
        typing["chat_state"] = "composing"
        typing.send()
        await juliet.expect("chatstate_composing")

    async def test_messages_wait_for_who_is_offline_and_come_once_in_order_with_their_time(self):
        romeo, user = await self.peer("romeo"), self.account("juliet")
        for number in range(3):
            romeo.say(f"{user}@localhost", f"line {number}")
        await romeo.hand_over()
        juliet = await self.device(user)
        delayed = await juliet.expect_text("line 0")
        self.assertIsNotNone(delayed["delay"]["stamp"])
        self.assertEqual(juliet.texts(), ["line 1", "line 2"])
        await juliet.settle()  # and has acknowledged them: what is not acknowledged comes again (XEP-0198)
        await juliet.leave()
        again = await self.device(user)
        self.assertEqual(again.texts(), [])

    async def test_a_message_to_nobody_comes_back(self):
        romeo = await self.peer("romeo")
        romeo.say("rosaline@localhost", "Where are you?")
        refused = await romeo.expect("message_error")
        self.assertEqual((refused["from"], refused["error"]["condition"]), ("rosaline@localhost", "service-unavailable"))

    async def test_other_devices_see_both_sides_of_a_conversation(self):
        romeo, user = await self.peer("romeo"), self.account("juliet")
        phone = await self.device(user, resource="phone")
        laptop = await self.device(user, resource="laptop")
        await phone["xep_0280"].enable()
        phone_sees = lambda event, body: phone.expect(  # noqa: E731
            event, lambda carbon: carbon[event]["body"] == body)
        romeo.say(laptop.boundjid, "Good night")
        await laptop.expect_text("Good night")
        received = await phone_sees("carbon_received", "Good night")
        self.assertEqual(received["carbon_received"]["from"], romeo.boundjid)
        laptop.say(romeo.boundjid.bare, "Parting is such sweet sorrow")
        sent = await phone_sees("carbon_sent", "Parting is such sweet sorrow")
        self.assertEqual(sent["carbon_sent"]["to"], romeo.boundjid.bare)
        await laptop.settle()
        self.assertEqual([name for name, _ in laptop.happened if name.startswith("carbon")], [])


class Archive(Conversation):
    async def said(self, client, **query):
        fin = await client["xep_0313"].retrieve(**query)
        return [result["mam_result"]["forwarded"]["stanza"]["body"] for result in fin["mam"]["results"]]

    async def test_both_sides_find_the_conversation_and_only_that(self):
        romeo, juliet = await self.peer("romeo"), await self.peer("juliet")
        tybalt = await self.peer("tybalt")
        romeo.say(juliet.boundjid.bare, "Art thou not Montague?")
        await juliet.expect_text("Art thou not Montague?")
        juliet.say(romeo.boundjid.bare, "Neither")
        tybalt.say(romeo.boundjid.bare, "Turn and draw")
        await romeo.expect_text("Turn and draw")
        await romeo.expect_text("Neither")
        self.assertEqual(await self.said(romeo, with_jid=juliet.boundjid.bare), ["Art thou not Montague?", "Neither"])
        self.assertEqual(await self.said(juliet), ["Art thou not Montague?", "Neither"])

    async def test_pages_add_up_to_the_whole_in_order(self):
        romeo, juliet = await self.peer("romeo"), await self.peer("juliet")
        lines = [f"line {number}" for number in range(7)]
        for line in lines:
            romeo.say(juliet.boundjid.bare, line)
        await romeo.hand_over()
        pages = [result["mam_result"]["forwarded"]["stanza"]["body"]
                 async for result in juliet["xep_0313"].iterate(rsm={"max": 3})]
        self.assertEqual(pages, lines)
        last = [result["mam_result"]["forwarded"]["stanza"]["body"]
                async for result in juliet["xep_0313"].iterate(rsm={"max": 3}, reverse=True, total=3)]
        self.assertEqual(last, ["line 6", "line 5", "line 4"])

    async def test_the_query_form_and_the_extent_of_the_archive_are_told(self):
        romeo, juliet = await self.peer("romeo"), await self.peer("juliet")
        romeo.say(juliet.boundjid.bare, "One")
        await juliet.expect_text("One")
        form = await juliet["xep_0313"].get_fields()
        self.assertLessEqual({"with", "start", "end"}, set(form.get_fields()))
        extent = (await juliet["xep_0313"].get_archive_metadata())["mam_metadata"]
        self.assertEqual(extent["start"]["id"], extent["end"]["id"])


class Blocking(Conversation):
    async def test_who_is_blocked_neither_writes_nor_sees_until_unblocked(self):
        romeo, juliet = await self.friends()
        await juliet["xep_0191"].get_blocked()  # from now on changes are pushed (XEP-0191 3.3)
        await juliet["xep_0191"].block(romeo.boundjid.bare)
        await juliet.expect("blocked")
        self.assertEqual((await juliet["xep_0191"].get_blocked())["blocklist"]["items"], {romeo.boundjid.bare})
        await romeo.expect("presence_unavailable", lambda presence: presence["from"] == juliet.boundjid)
        romeo.say(juliet.boundjid.bare, "Why?")
        await romeo.expect("message_error", lambda error: error["error"]["condition"] == "service-unavailable")
        with self.assertRaises(IqError):
            await romeo["xep_0012"].get_last_activity(juliet.boundjid.bare)
        await juliet["xep_0191"].unblock(romeo.boundjid.bare)
        await romeo.expect("presence_available", lambda presence: presence["from"] == juliet.boundjid)
        romeo.say(juliet.boundjid.bare, "Thanks")
        await juliet.expect_text("Thanks")
        self.assertEqual(juliet.texts(), [])


if __name__ == "__main__":
    unittest.main()
