// Somebody who chats with @xmpp/client. What comes in is kept until a test asks for it.
import { execFileSync } from "node:child_process";
import path from "node:path";

import { client, xml } from "@xmpp/client";

const PATIENCE = 60_000; // milliseconds, for what takes one: a bound against hanging, nothing is measured

let lastPerson = 0;

// A new account's name. Each test has its own people; test files run at the same time.
export function account(name, password = "secret") {
  const user = `${name}${process.pid}-${++lastPerson}`;
  const command = ["--data-dir", process.env.QUEQIAO_DATA, "users", "add", user, "--password-stdin"];
  execFileSync(path.join(process.env.QUEQIAO_BIN, "queqiaoctl"), command, { input: `${password}\n`, stdio: "pipe" });
  return user;
}

export class Person {
  #kept = [];
  #waiting = [];

  constructor(user, { service = process.env.QUEQIAO_STARTTLS, password = "secret", resource = "desk" } = {}) {
    this.xmpp = client({ service, domain: "localhost", username: user, password, resource });
    this.xmpp.reconnect.stop(); // a failed log-in is to be seen, not tried again
    this.xmpp.on("error", () => {}); // logIn() tells it
    this.xmpp.on("stanza", (stanza) => this.#keep(stanza));
    this.service = service;
    this.address = `${user}@localhost`;
  }

  // Not by start(): it begins to listen for the open stream when its own header is written, and on loopback the server's
  // answer may be there before. Then it waits in vain, and rejects a promise that nobody holds.
  async logIn() {
    await this.xmpp.connect(this.service);
    const online = new Promise((resolve, reject) => {
      this.xmpp.once("online", resolve);
      this.xmpp.once("error", reject);
    });
    this.xmpp.open({ domain: "localhost" }).catch(() => {});
    this.jid = await online;
    return this;
  }

  // Logs in and waits for the server to send the presence back (RFC 6121 4.2.2).
  async appear() {
    await this.logIn();
    await this.xmpp.send(xml("presence"));
    await this.expect((stanza) => stanza.is("presence") && stanza.attrs.from === this.jid.toString());
    return this;
  }

  async say(to, body) {
    await this.xmpp.send(xml("message", { to, type: "chat" }, xml("body", {}, body)));
  }

  request(stanza) {
    return this.xmpp.iqCaller.request(stanza);
  }

  // The first stanza that fits, which is forgotten then.
  expect(fits) {
    const place = this.#kept.findIndex(fits);
    if (place >= 0) return Promise.resolve(this.#kept.splice(place, 1)[0]);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not among ${this.#kept.join("\n")}`)), PATIENCE);
      this.#waiting.push({ fits, take: (stanza) => (clearTimeout(timer), resolve(stanza)) });
    });
  }

  hear(body) {
    return this.expect((stanza) => stanza.is("message") && stanza.getChildText("body") === body);
  }

  bodies() {
    return this.#kept.filter((stanza) => stanza.is("message")).map((stanza) => stanza.getChildText("body"));
  }

  async leave() {
    await this.xmpp.stop();
  }

  #keep(stanza) {
    const place = this.#waiting.findIndex(({ fits }) => fits(stanza));
    if (place >= 0) this.#waiting.splice(place, 1)[0].take(stanza);
    else this.#kept.push(stanza);
  }
}

// An account whose client is online until the end of the test `t`.
export async function newcomer(t, name, options) {
  return device(t, account(name), options);
}

export async function device(t, user, options) {
  const person = new Person(user, options);
  t.after(() => person.leave());
  return person.appear();
}
