"""Personal eventing with slixmpp: avatars for friends, and private data for one's own devices alone."""

import hashlib
import unittest
import xml.etree.ElementTree as ElementTree

from slixmpp.exceptions import IqError
from slixmpp.plugins.xep_0048.stanza import Bookmarks

from slixmpp_peer import Conversation

PICTURE = b"\x89PNG\r\n\x1a\n and the rest of a picture"


class Eventing(Conversation):
    def client(self, user, **options):
        client = super().client(user, **options)
        for plugin in ("xep_0060", "xep_0163", "xep_0084", "xep_0223"):
            client.register_plugin(plugin)
        client["xep_0060"].map_node_event("storage:bookmarks", "bookmarks")
        for event in ("avatar_metadata_publish", "bookmarks_publish"):
            client.add_event_handler(event, lambda what, event=event: client._keep(event, what))
        return client


class Avatars(Eventing):
    async def publish_avatar(self, juliet):
        await juliet["xep_0084"].publish_avatar(PICTURE)
        await juliet["xep_0084"].publish_avatar_metadata(
            {"id": hashlib.sha1(PICTURE).hexdigest(), "type": "image/png", "bytes": len(PICTURE)})

    @staticmethod
    def photo_of(presence):
        return presence.xml.findtext("{vcard-temp:x:update}x/{vcard-temp:x:update}photo")

    async def publish_and_convert(self, romeo, juliet):
        """The friend sees the new hash (XEP-0398) once the server has made the profile's photo of the avatar."""
        await self.publish_avatar(juliet)
        await romeo.expect("presence_available", lambda presence: presence["from"] == juliet.boundjid
                           and self.photo_of(presence) == hashlib.sha1(PICTURE).hexdigest())

    async def test_a_friend_is_told_and_fetches_it(self):
        romeo, juliet = await self.friends()
        await self.publish_avatar(juliet)
        told = await romeo.expect("avatar_metadata_publish", lambda what: what["from"] == juliet.boundjid.bare)
        info = list(told["pubsub_event"]["items"]["item"]["avatar_metadata"]["items"])[0]
        found = await romeo["xep_0084"].retrieve_avatar(juliet.boundjid.bare, info["id"])
        self.assertEqual(found["pubsub"]["items"]["item"]["avatar_data"]["value"], PICTURE)

    async def test_a_friend_who_comes_online_later_is_told_and_sees_the_hash(self):
        romeo, juliet = await self.friends()
        await self.publish_and_convert(romeo, juliet)
        later = await self.device(romeo.boundjid.user, resource="later")
        await later.expect("avatar_metadata_publish", lambda what: what["from"] == juliet.boundjid.bare)
        seen = await later.expect("presence_available", lambda presence: presence["from"] == juliet.boundjid)
        self.assertEqual(self.photo_of(seen), hashlib.sha1(PICTURE).hexdigest())

    async def test_it_is_the_photo_of_the_profile(self):
        romeo, juliet = await self.friends()
        stranger = await self.peer("stranger")
        await self.publish_and_convert(romeo, juliet)
        card = (await stranger["xep_0054"].get_vcard(juliet.boundjid.bare))["vcard_temp"]
        self.assertEqual([photo["BINVAL"] for photo in card["photos"]], [PICTURE])


class PrivateData(Eventing):
    async def test_a_bookmark_reaches_the_own_devices_and_nobody_else(self):
        romeo, juliet = await self.friends()
        phone = await self.device(juliet.boundjid.user, resource="phone")
        phone["xep_0163"].add_interest("storage:bookmarks")
        await phone["xep_0115"].update_caps()
        await phone.settle()
        bookmarks = Bookmarks()
        bookmarks.add_conference("verona@rooms.localhost", "Jule", name="Verona", autojoin=True)
        await juliet["xep_0223"].store(bookmarks)
        told = await phone.expect("bookmarks_publish")
        self.assertEqual(told["from"], juliet.boundjid.bare)
        stored = await phone["xep_0223"].retrieve("storage:bookmarks")
        rooms = stored.xml.findall(".//{storage:bookmarks}conference")
        self.assertEqual([room.get("jid") for room in rooms], ["verona@rooms.localhost"], ElementTree.tostring(stored.xml))
        with self.assertRaises(IqError) as refusal:
            await romeo["xep_0060"].get_items(juliet.boundjid.bare, "storage:bookmarks")
        self.assertEqual(refusal.exception.condition, "not-allowed")

    async def test_a_public_node_does_not_become_private_by_asking(self):
        """CVE-2018-6591: what was published without the options stays readable, so the server must refuse."""
        juliet = await self.peer("juliet")
        await juliet["xep_0163"].publish(Bookmarks())
        with self.assertRaises(IqError) as refusal:
            await juliet["xep_0223"].store(Bookmarks())
        self.assertEqual(refusal.exception.condition, "conflict")


if __name__ == "__main__":
    unittest.main()
