import assert from "node:assert/strict";
import { endOfLog, everyWay, eventsOf, newBrand, refusal, refused } from "../support/ways.js";

const IN_PROGRESS = { name: "In Progress", key: "in_progress", color: "#8b5cf6", description: "Somebody works on it" };

everyWay(
  "Row 9: a custom status is created as it was described, gray without a color, just before resolved",
  async ({ api }) => {
    const brand = await newBrand(api);
    const status = await api.statuses.create(brand.id, IN_PROGRESS);
    assert.match(status.id, /^sts_[0-9a-z]{26}$/);
    const { name, key, color, description, isSystem, isActive } = status;
    assert.deepEqual({ name, key, color, description }, IN_PROGRESS);
    assert.deepEqual([isSystem, isActive], [false, true]);
    assert.equal((await api.statuses.create(brand.id, { name: "On Hold", key: "on_hold" })).color, "#6b7280");
    const keys = (await api.statuses.list(brand.id)).map((one) => one.key);
    assert.deepEqual(keys, ["open", "pending", "in_progress", "on_hold", "resolved", "closed"]);
    for (const same of ["in_progress", `sts_in_progress`, status.id]) {
      assert.deepEqual(await api.statuses.get(brand.id, same), status);
    }
    await refused(api.statuses.create(brand.id, IN_PROGRESS), 409);
    await refused(api.statuses.create(brand.id, { name: "Bad", key: "Not A Key" }), 400, "key");
  },
);

everyWay(
  "Row 12: the list of statuses is an array with name, key and isSystem, system and custom ones in display order",
  async ({ api }) => {
    const brand = await newBrand(api);
    await api.statuses.create(brand.id, IN_PROGRESS);
    const statuses = await api.statuses.list(brand.id);
    assert.ok(Array.isArray(statuses));
    assert.deepEqual(
      statuses.map((s) => `${s.name} (${s.key}) - ${s.isSystem ? "system" : "custom"}`),
      [
        "Open (open) - system",
        "Pending (pending) - system",
        "In Progress (in_progress) - custom",
        "Resolved (resolved) - system",
        "Closed (closed) - system",
      ],
    );
    assert.deepEqual(
      statuses.map((s) => s.sortOrder),
      [0, 1, 2, 3, 4],
    );
  },
);

everyWay("Row 13: the display order is set by sts_<key>, and stays", async ({ api }) => {
  const brand = await newBrand(api);
  await api.statuses.create(brand.id, IN_PROGRESS);
  const waiting = await api.statuses.create(brand.id, { name: "Waiting on Engineering", key: "waiting_eng" });
  const order = ["open", "in_progress", "pending", "waiting_eng", "resolved", "closed"];
  const after = await endOfLog(api, brand.id);
  const answer = await api.statuses.reorder(brand.id, { statusIds: order.map((key) => `sts_${key}`) });
  assert.deepEqual(
    answer.map((status) => status.key),
    order,
  );
  assert.deepEqual(await api.statuses.list(brand.id), answer);
  assert.deepEqual(
    (await eventsOf(api, brand.id, after)).map((event) => event.type),
    ["status.reordered"],
  );
  const mixed = [waiting.id, "open", "sts_in_progress", "pending", "resolved", "closed"];
  assert.equal((await api.statuses.reorder(brand.id, { statusIds: mixed }))[0]?.key, "waiting_eng");
  for (const wrong of [order.slice(1), [...order, "open"], ["other", ...order.slice(1)]]) {
    await refused(api.statuses.reorder(brand.id, { statusIds: wrong }), 400);
  }
  assert.equal((await api.statuses.list(brand.id))[0]?.key, "waiting_eng");
});

everyWay(
  "Row 14: the counts of statuses are an array with zeros, without spam and deleted tickets",
  async ({ api }) => {
    const brand = await newBrand(api);
    const custom = await api.statuses.create(brand.id, IN_PROGRESS);
    for (const status of ["open", "open", "in_progress", "closed"])
      await api.tickets.create(brand.id, { title: "T", status });
    const spam = await api.tickets.create(brand.id, { title: "Spam" });
    await api.tickets.setSpam(brand.id, spam.id, { isSpam: true });
    const deleted = await api.tickets.create(brand.id, { title: "Deleted" });
    await api.tickets.delete(brand.id, deleted.id);
    const stats = await api.statuses.stats(brand.id);
    assert.deepEqual(
      stats.map((s) => [s.statusName, s.count]),
      [
        ["Open", 2],
        ["Pending", 0],
        ["In Progress", 1],
        ["Resolved", 0],
        ["Closed", 1],
      ],
    );
    assert.equal(stats[2]?.statusId, custom.id);
  },
);

everyWay("Row 17: system statuses can be renamed and recolored, not deleted, and their keys stay", async ({ api }) => {
  const brand = await newBrand(api);
  for (const key of ["open", "pending", "resolved", "closed"]) {
    const renamed = await api.statuses.update(brand.id, key, { name: `My ${key}`, color: "#ABCDEF" });
    assert.deepEqual([renamed.name, renamed.color, renamed.key, renamed.isSystem], [`My ${key}`, "#abcdef", key, true]);
    await refused(api.statuses.update(brand.id, key, { key: "other" } as object), 400, "key");
    await refused(api.statuses.update(brand.id, key, { isActive: !renamed.isActive }), 409);
    await refused(api.statuses.delete(brand.id, key), 409);
    await refused(api.statuses.delete(brand.id, key, { replacementStatusId: key === "open" ? "closed" : "open" }), 409);
    assert.deepEqual(await api.statuses.get(brand.id, key), renamed);
  }
  const ticket = await api.tickets.create(brand.id, { title: "T" });
  assert.deepEqual([ticket.status, ticket.statusRef.name], ["open", "My open"]);
});

everyWay(
  "Row 18: a status in use is deleted with a replacement alone; its tickets move, and it is gone for good",
  async ({ api }) => {
    const brand = await newBrand(api);
    const custom = await api.statuses.create(brand.id, IN_PROGRESS);
    const held = [];
    for (const title of ["A", "B"]) held.push(await api.tickets.create(brand.id, { title, status: "in_progress" }));
    await refused(api.statuses.delete(brand.id, custom.id), 400, "replacementStatusId");
    for (const wrong of ["unknown", custom.id, "in_progress"]) {
      await refused(
        api.statuses.delete(brand.id, custom.id, { replacementStatusId: wrong }),
        400,
        "replacementStatusId",
      );
    }
    assert.equal((await api.statuses.stats(brand.id))[2]?.count, 2);

    const pending = await api.statuses.get(brand.id, "pending");
    const report = await api.statuses.delete(brand.id, custom.id, { replacementStatusId: "sts_pending" });
    assert.deepEqual(report, { success: true, statusId: custom.id, replacementStatusId: pending.id, movedTickets: 2 });
    for (const { id } of held) {
      const moved = await api.tickets.get(brand.id, id);
      assert.deepEqual([moved.status, moved.statusId], ["pending", pending.id]);
    }
    assert.equal((await api.tickets.count(brand.id, { status: "pending" })).count, 2);
    await refused(api.statuses.get(brand.id, custom.id), 404);
    assert.equal((await refusal(api.tickets.list(brand.id, { status: "in_progress" }))).status, 400);
    assert.equal((await api.statuses.list(brand.id)).length, 4);

    const again = await api.statuses.create(brand.id, IN_PROGRESS);
    assert.notEqual(again.id, custom.id);
    const unused = await api.statuses.delete(brand.id, "in_progress");
    assert.deepEqual([unused.movedTickets, unused.replacementStatusId], [0, null]);
  },
);
