// Connections from a real server, to somebody on this machine.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DispatchTickets } from "@dispatch-server/client";
import { receiver } from "../support/receiver.js";
import { newBrand, refused, servers } from "../support/ways.js";

for (const { database, baseUrl, apiKey } of servers()) {
  const dispatch = new DispatchTickets({ apiKey, baseUrl });

  test(`Connections are made, tried, changed and deleted; their secrets are never shown (${database})`, async (t) => {
    const { id: brandId } = await newBrand(dispatch);
    let status = 200;
    const { url, next, stop } = await receiver(() => status);
    t.after(stop);
    const made = await dispatch.connections.create(brandId, {
      type: "HTTP",
      name: "CRM",
      config: { url, bodyTemplate: '{ "title": "{{ticket.title}}" }' },
      secrets: { headers: { Authorization: "Bearer top-secret" } },
    });
    assert.deepEqual(made.secretsSet, { headers: true, "headers.Authorization": true });
    assert.ok(!JSON.stringify(made).includes("top-secret"));
    assert.deepEqual(await dispatch.connections.list(brandId), [made]);
    const tested = await dispatch.connections.test(brandId, made.id);
    assert.deepEqual([tested.ok, tested.status], [true, 200]);
    const call = await next();
    assert.equal(call.headers.authorization, "Bearer top-secret");
    assert.deepEqual(JSON.parse(call.body), { title: "Test of a connection" });
    status = 500;
    assert.equal((await dispatch.connections.test(brandId, made.id)).ok, false);
    assert.deepEqual(
      [(await dispatch.connections.get(brandId, made.id)).lastError, made.lastError],
      ["the receiver answered 500", null],
    );
    const changed = await dispatch.connections.update(brandId, made.id, { config: { method: "PUT" }, enabled: false });
    assert.deepEqual([changed.enabled, "method" in changed.config && changed.config.method], [false, "PUT"]);
    await refused(
      dispatch.connections.update(brandId, made.id, { config: { url: `${url}/other` } }),
      400,
      "secrets.headers",
    );
    assert.equal(await dispatch.connections.delete(brandId, made.id), undefined);
    await refused(dispatch.connections.get(brandId, made.id), 404);
    const slack = { type: "SLACK" as const, name: "Ops", secrets: { webhookUrl: "hooks" } };
    await refused(dispatch.connections.create(brandId, slack), 400, "secrets.webhookUrl");
  });
}
