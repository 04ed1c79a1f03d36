// Mail that comes in, through the client.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DispatchTickets } from "@dispatch-server/client";
import { newBrand, refused, servers } from "../support/ways.js";

const message = (id: string, more = "") =>
  `From: Jane Doe <jane@example.com>\r\nTo: acme@mail.example\r\nSubject: Printer\r\nMessage-ID: <${id}@example.com>\r\n${more}\r\nIt is broken.\r\n`;

for (const { database, baseUrl, apiKey } of servers()) {
  const dispatch = new DispatchTickets({ apiKey, baseUrl });

  test(`A message becomes a ticket once, and an answer a comment (${database})`, async () => {
    const { id: brandId, slug } = await newBrand(dispatch);
    const first = await dispatch.mail.deliver(slug, message("m1"), { remoteIp: "192.0.2.7", from: "jane@example.com", to: ["a@b.example"] });
    assert.deepEqual([first.outcome, first.from, first.messageId], ["created", "jane@example.com", "<m1@example.com>"]);
    assert.equal((await dispatch.mail.deliver(slug, message("m1"))).outcome, "duplicate");
    const bytes = new TextEncoder().encode(message("m2", "References: <m1@example.com>\r\n"));
    const second = await dispatch.mail.deliver(brandId, bytes);
    assert.deepEqual([second.outcome, second.ticketId], ["appended", first.ticketId]);
    const page = await dispatch.mail.list(brandId, { outcome: ["created", "appended"], from: "jane@example.com" });
    assert.deepEqual(page.data.map((mail) => mail.id), [second.id, first.id]);
    assert.equal((await dispatch.mail.get(brandId, first.id)).ticketNumber, first.ticketNumber);
    assert.equal(await dispatch.mail.raw(brandId, first.id), message("m1"));
    await refused(dispatch.mail.reprocess(brandId, first.id, { action: "create" }), 409);
    await refused(dispatch.mail.resend(brandId, first.id), 409);
    const ignored = await dispatch.mail.deliver(slug, message("m3", "Auto-Submitted: auto-replied\r\n"));
    assert.equal(ignored.outcome, "auto_reply_ignored");
    assert.equal((await dispatch.mail.reprocess(brandId, ignored.id)).outcome, "auto_reply_ignored");
    assert.equal((await dispatch.mail.reprocess(brandId, ignored.id, { action: "create" })).outcome, "created");
  });

  test(`An inbound token delivers and does nothing else (${database})`, async () => {
    const { id: brandId, slug } = await newBrand(dispatch);
    const { token } = await dispatch.mail.createInboundToken(brandId);
    const server = new DispatchTickets({ apiKey: token as string, baseUrl });
    assert.equal((await server.mail.deliver(slug, message("t1"))).outcome, "created");
    await refused(server.tickets.list(brandId), 401);
    assert.equal(await dispatch.mail.deleteInboundToken(brandId), undefined);
    await refused(server.mail.deliver(slug, message("t2")), 401);
  });

  test(`A brand has a relay of its own (${database})`, async () => {
    const { id: brandId } = await newBrand(dispatch);
    await refused(dispatch.mail.getRelay(brandId), 404);
    const nowhere = { host: "127.0.0.1", port: 1, tls: false, fromEmail: "help@acme.example" };
    const set = await dispatch.mail.setRelay(brandId, { ...nowhere, username: "acme", password: "sesame" });
    assert.deepEqual(set, { ...nowhere, username: "acme" });
    assert.deepEqual(await dispatch.mail.getRelay(brandId), set);
    assert.equal((await dispatch.mail.testRelay(brandId)).ok, false);
    assert.equal(await dispatch.mail.deleteRelay(brandId), undefined);
    await refused(dispatch.mail.testRelay(brandId), 404);
  });

  test(`A brand has a mailbox (${database})`, async () => {
    const { id: brandId } = await newBrand(dispatch);
    await refused(dispatch.mail.getMailbox(brandId), 404);
    const set = await dispatch.mail.setMailbox(brandId, { host: "127.0.0.1", port: 1, username: "acme", password: "sesame", enabled: false });
    assert.deepEqual([set.host, set.port, set.tls, set.folder, set.afterProcess, set.enabled], ["127.0.0.1", 1, true, "INBOX", "seen", false]);
    assert.deepEqual(await dispatch.mail.getMailbox(brandId), set);
    assert.equal((await dispatch.mail.testMailbox(brandId)).ok, false);
    assert.equal(await dispatch.mail.deleteMailbox(brandId), undefined);
    await refused(dispatch.mail.testMailbox(brandId), 404);
  });
}
