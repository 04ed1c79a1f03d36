// The client of a customer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DispatchPortal, DispatchTickets } from "@dispatch-server/client";
import { newBrand, refused, servers } from "../support/ways.js";

for (const { database, baseUrl, apiKey } of servers()) {
  const dispatch = new DispatchTickets({ apiKey, baseUrl });

  test(`A customer writes, is answered and answers (${database})`, async () => {
    const { id: brandId } = await newBrand(dispatch);
    const session = await dispatch.brands.createPortalToken(brandId, { email: "jane@example.com", name: "Jane" });
    const portal = new DispatchPortal({ token: session.token ?? undefined, baseUrl });
    const file = await portal.attachments.upload(null, { filename: "log.txt", contentType: "text/plain", data: "what" });
    const { id } = await portal.tickets.create({ title: "Printer", attachmentIds: [file.id] });
    await dispatch.comments.create(brandId, id, { body: "Which?", authorType: "STAFF" });
    await dispatch.comments.create(brandId, id, { body: "note", authorType: "STAFF", isInternal: true });
    await dispatch.tickets.update(brandId, id, { status: "closed" });
    await portal.comments.create(id, { body: "The big one" });
    const ticket = await portal.tickets.get(id);
    assert.deepEqual([ticket.status, ticket.comments.map((one) => one.body)], ["open", ["Which?", "The big one"]]);
    assert.deepEqual((await portal.tickets.list({ status: ["active"] })).data.map((one) => one.id), [id]);
    await portal.attachments.upload(id, { filename: "more.txt", contentType: "text/plain", data: "more" });
    assert.deepEqual((await portal.attachments.list(id)).map((one) => one.filename), ["log.txt", "more.txt"]);
    const { downloadUrl } = await portal.attachments.get(id, file.id);
    assert.equal(await (await fetch(downloadUrl ?? "")).text(), "what");
    const before = portal.token;
    assert.equal((await portal.refresh()).email, "jane@example.com");
    assert.notEqual(portal.token, before);
    assert.equal((await portal.tickets.list()).data.length, 1);
  });

  test(`Nobody signs in with a wrong link or token (${database})`, async () => {
    const portal = new DispatchPortal({ baseUrl });
    await refused(portal.verify("wrong"), 401);
    await refused(portal.tickets.list(), 401);
    const { id: brandId } = await newBrand(dispatch);
    const portalUrl = "https://evil.example/";
    await refused(dispatch.brands.sendPortalLink(brandId, { email: "jane@example.com", portalUrl }), 400);
  });
}
