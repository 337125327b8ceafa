import assert from "node:assert/strict";
import test from "node:test";

import { Person, account, device } from "./person.js";

for (const transport of ["STARTTLS", "DIRECT_TLS"]) {
  const service = process.env[`QUEQIAO_${transport}`];

  test(`log-in over ${transport} binds the resource that was asked for`, async (t) => {
    const user = account("juliet");
    const juliet = await device(t, user, { service, resource: "balcony" });
    assert.equal(juliet.jid.toString(), `${user}@localhost/balcony`);
    assert.ok(juliet.xmpp.socket.secure);
  });

  test(`a wrong password is refused over ${transport}`, async (t) => {
    const stranger = new Person(account("juliet"), { service, password: "guess" });
    t.after(() => stranger.leave());
    await assert.rejects(stranger.logIn(), { name: "SASLError", condition: "not-authorized" });
  });
}
