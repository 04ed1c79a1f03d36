// Webhooks from a real server: what comes, and that others who follow Standard Webhooks take it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Delivery, DispatchTickets, WebhookVerificationError } from "@dispatch-server/client";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { type Call, receiver } from "../support/receiver.js";
import { newBrand, refused, servers } from "../support/ways.js";

/** Asks until the attempt behind a call has been written down. */
async function written(ask: () => Promise<Delivery[]>): Promise<Delivery> {
  for (;;) {
    const [delivery] = await ask();
    if (delivery && delivery.attempts > 0 && delivery.durationMs !== null) return delivery;
  }
}

const headersOf = ({ headers }: Call) => headers as Record<string, string>;

for (const { database, baseUrl, apiKey } of servers()) {
  const dispatch = new DispatchTickets({ apiKey, baseUrl });

  test(`What a webhook receives is verified by the client and by the library of Standard Webhooks (${database})`, async (t) => {
    const { id: brandId } = await newBrand(dispatch);
    const { url, next, stop } = await receiver();
    t.after(stop);
    const webhook = await dispatch.webhooks.create(brandId, { url, events: ["ticket.created"] });
    const secret = webhook.secret ?? assert.fail("no secret");
    const ticket = await dispatch.tickets.create(brandId, { title: "Verified ✓" });
    const call = await next();
    const event = await DispatchTickets.verifyWebhook({ body: call.body, headers: headersOf(call), secret });
    assert.ok(event.type === "ticket.created");
    assert.equal(event.data.ticket.id, ticket.id);
    const outside = new StandardWebhook(secret);
    assert.deepEqual(outside.verify(call.body, headersOf(call)), event);
    assert.throws(() => outside.verify(call.body.replace("Verified", "Altered"), headersOf(call)), /signature/i);

    const rotated = await dispatch.webhooks.rotateSecret(brandId, webhook.id);
    assert.equal((await dispatch.webhooks.test(brandId, webhook.id)).status, "SUCCESS");
    const ping = await next();
    for (const either of [secret, rotated.secret]) {
      new StandardWebhook(either).verify(ping.body, headersOf(ping));
      await DispatchTickets.verifyWebhook({ body: ping.body, headers: headersOf(ping), secret: either });
    }
    const other = new DispatchTickets({ apiKey, baseUrl });
    const foreign = (await other.webhooks.create(brandId, { url, events: ["*"] })).secret ?? "";
    await assert.rejects(
      DispatchTickets.verifyWebhook({ body: ping.body, headers: headersOf(ping), secret: foreign }),
      WebhookVerificationError,
    );
  });

  test(`Deliveries are looked at, tried again and replayed (${database})`, async (t) => {
    const { id: brandId } = await newBrand(dispatch);
    let status = 500;
    const { url, next, stop } = await receiver(() => status);
    t.after(stop);
    const { id } = await dispatch.webhooks.create(brandId, { url, events: ["ticket.*"], description: "CRM" });
    await dispatch.tickets.create(brandId, { title: "One" });
    const first = await next();
    const failed = await written(() => dispatch.webhooks.deliveries(brandId, id, { limit: 1 }));
    assert.deepEqual([failed.status, failed.responseCode, failed.responseBody], ["RETRYING", 500, "OK"]);
    status = 200;
    assert.equal((await dispatch.webhooks.retryDelivery(brandId, id, failed.id)).status, "PENDING");
    const again = await next();
    assert.deepEqual([again.body, again.headers["webhook-id"]], [first.body, first.headers["webhook-id"]]);
    await written(() => dispatch.webhooks.deliveries(brandId, id, { status: "SUCCESS" }));
    const { attemptLog } = await dispatch.webhooks.getDelivery(brandId, id, failed.id);
    assert.deepEqual(
      attemptLog.map((attempt) => attempt.responseCode),
      [500, 200],
    );
    const replayed = await dispatch.webhooks.replay(brandId, id, { since: "2026-01-01T00:00:00Z" });
    assert.deepEqual(replayed, { count: 1, hasMore: false });
    assert.equal((await next()).body, first.body);
    assert.deepEqual(
      (await dispatch.webhooks.list(brandId)).map((one) => [one.id, one.description]),
      [[id, "CRM"]],
    );
    const disabled = await dispatch.webhooks.update(brandId, id, { enabled: false });
    assert.equal(disabled.enabled, false);
    assert.equal((await dispatch.webhooks.get(brandId, id)).enabled, false);
    assert.equal(await dispatch.webhooks.delete(brandId, id), undefined);
    await refused(dispatch.webhooks.get(brandId, id), 404);
    await refused(dispatch.webhooks.create(brandId, { url, events: ["ticket.crated" as "ticket.created"] }), 400, "events[0]");
  });
}
