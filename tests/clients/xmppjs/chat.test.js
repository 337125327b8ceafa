import assert from "node:assert/strict";
import test from "node:test";

import { xml } from "@xmpp/client";

import { account, device, newcomer } from "./person.js";

test("a contact is kept, pushed to other devices and removed", async (t) => {
  const juliet = await newcomer(t, "juliet");
  const contact = (attributes, ...children) =>
    xml("iq", { type: "set" }, xml("query", "jabber:iq:roster", xml("item", attributes, ...children)));
  const roster = () => juliet.request(xml("iq", { type: "get" }, xml("query", "jabber:iq:roster")));
  assert.equal((await roster()).getChild("query").getChildren("item").length, 0);

  await juliet.request(contact({ jid: "nurse@localhost", name: "Nurse" }, xml("group", {}, "Household")));
  const isPush = (stanza) => stanza.is("iq") && stanza.attrs.type === "set" && stanza.getChild("query", "jabber:iq:roster");
  assert.equal((await juliet.expect(isPush)).getChild("query").getChild("item").attrs.name, "Nurse");
  const [nurse] = (await roster()).getChild("query").getChildren("item");
  assert.deepEqual([nurse.attrs.jid, nurse.getChildText("group")], ["nurse@localhost", "Household"]);

  await juliet.request(contact({ jid: "nurse@localhost", subscription: "remove" }));
  assert.equal((await roster()).getChild("query").getChildren("item").length, 0);
});

test("two people chat over different transports", async (t) => {
  const romeo = await newcomer(t, "romeo", { service: process.env.QUEQIAO_DIRECT_TLS });
  const juliet = await newcomer(t, "juliet");
  for (const [one, other] of [
    [romeo, juliet],
    [juliet, romeo],
  ]) {
    await one.say(other.address, "罗密欧 & <朱丽叶> 🌹");
    assert.equal((await other.hear("罗密欧 & <朱丽叶> 🌹")).attrs.from, one.jid.toString());
  }
});

// The sender's own archive has it once it is durable.
async function archived(person, body) {
  for (;;) {
    if ((await archive(person)).includes(body)) return;
  }
}

let lastQuery = 0;

async function archive(person) {
  const queryid = `q${++lastQuery}`;
  const ns = "urn:xmpp:mam:2";
  const bodies = [];
  const collect = (stanza) => {
    const result = stanza.getChild("result", ns);
    if (result?.attrs.queryid === queryid) bodies.push(result.getChild("forwarded").getChild("message").getChildText("body"));
  };
  person.xmpp.on("stanza", collect);
  const answer = await person.request(xml("iq", { type: "set" }, xml("query", { xmlns: ns, queryid })));
  person.xmpp.off("stanza", collect);
  assert.equal(answer.getChild("fin", ns).attrs.complete, "true");
  return bodies;
}

test("messages wait for who is offline and come once, in order, with their time", async (t) => {
  const romeo = await newcomer(t, "romeo");
  const user = account("juliet");
  for (const body of ["one", "two", "three"]) await romeo.say(`${user}@localhost`, body);
  await archived(romeo, "three");
  const juliet = await device(t, user);
  assert.ok((await juliet.hear("one")).getChild("delay", "urn:xmpp:delay").attrs.stamp);
  await juliet.hear("two");
  await juliet.hear("three");
  await juliet.leave();
  const again = await device(t, user, { resource: "again" });
  assert.deepEqual(again.bodies(), []);
});

test("both sides find their conversation in the archive", async (t) => {
  const romeo = await newcomer(t, "romeo");
  const juliet = await newcomer(t, "juliet");
  await romeo.say(juliet.address, "Art thou not Montague?");
  await juliet.hear("Art thou not Montague?");
  await juliet.say(romeo.address, "Neither");
  await romeo.hear("Neither");
  assert.deepEqual(await archive(romeo), ["Art thou not Montague?", "Neither"]);
  assert.deepEqual(await archive(juliet), ["Art thou not Montague?", "Neither"]);
});
