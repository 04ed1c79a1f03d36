// The account, its people and its keys, which need an owner: the first test makes one, the others are its parts.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  AuthenticationError,
  DispatchTickets,
  ForbiddenError,
  NotFoundError,
  type Session,
  paginate,
} from "@dispatch-server/client";
import { newBrand, servers, unique } from "../support/ways.js";

const PASSWORD = "correct horse battery";

for (const { database, baseUrl, apiKey, setupToken } of servers()) {
  const withKey = (key: string) => new DispatchTickets({ apiKey: key, baseUrl });
  const byKey = withKey(apiKey);
  const email = "owner@acme.example";

  test(`An owner works through the client (${database})`, async (t) => {
    const setup = { setupToken, accountName: "Acme", email, password: PASSWORD, mode: "token" };
    const { sessionToken } = await byKey.request<Session>("POST", "/auth/setup", { body: setup });
    const owner = withKey(sessionToken ?? "");

    await t.test("The account is read and renamed, and its log tells it", async () => {
      const renamed = await owner.accounts.update({ name: "Acme Group" });
      assert.deepEqual(await byKey.accounts.me(), renamed);
      await assert.rejects(byKey.accounts.update({ name: "Taken" }), AuthenticationError);
      const brand = await newBrand(owner);
      await owner.tickets.create(brand.id, { title: "Counted" });
      const usage = await owner.accounts.usage();
      assert.ok(usage.ticketsTotal >= 1 && usage.brandsCount >= 1);
      const events: string[] = [];
      for await (const entry of paginate((cursor) =>
        owner.accounts.logs({ cursor, limit: 2, event: "account.updated" }),
      )) {
        events.push(entry.event);
      }
      assert.deepEqual(new Set(events), new Set(["account.updated"]));
      await assert.rejects(owner.accounts.delete({ confirmation: "delete" } as never), { status: 400 });
    });

    await t.test("People are invited, join, change and leave", async () => {
      const brand = await newBrand(owner);
      const invited = await owner.members.invite({ email: "ana@acme.example", brandIds: [brand.id] });
      assert.equal(invited.role, "member");
      const again = await owner.members.resendInvite(invited.id);
      assert.notEqual(again.inviteUrl, invited.inviteUrl);
      assert.deepEqual(
        (await owner.members.list()).invites.map((invite) => invite.id),
        [invited.id],
      );
      const token = new URL(again.inviteUrl ?? "").pathname.split("/").at(-1);
      const body = { token, password: PASSWORD, displayName: "Ana Ito", mode: "token" };
      const session = await byKey.request<Session>("POST", "/auth/accept-invite", { body });
      const member = await owner.members.get(session.member.id);
      assert.deepEqual([member.displayName, member.brandIds], ["Ana Ito", [brand.id]]);
      assert.deepEqual((await owner.members.list({ brandId: brand.id })).members.length, 2);

      const ana = withKey(session.sessionToken ?? "");
      assert.deepEqual(
        (await ana.brands.list()).map((one) => one.id),
        [brand.id],
      );
      await assert.rejects(ana.statuses.create(brand.id, { name: "No", key: "no" }), ForbiddenError);
      await owner.members.update(member.id, { role: "admin" });
      assert.equal((await ana.statuses.create(brand.id, { name: "Yes", key: "yes" })).key, "yes");
      const ticket = await ana.tickets.create(brand.id, { title: "Mine", assigneeEmail: "ana@acme.example" });
      assert.deepEqual(
        [ticket.assigneeId, ticket.createdBy, ticket.source],
        [member.id, "ana@acme.example", "dashboard"],
      );
      assert.equal((await ana.queue.count({ assigneeId: "me" })).count, 1);
      await ana.tickets.update(brand.id, ticket.id, { status: "resolved" });
      const { members } = await owner.queue.teamMetrics({ brandIds: [brand.id] });
      assert.deepEqual(
        members.map((one) => [one.memberId, one.ticketsResolved]),
        [[member.id, 1]],
      );

      const removed = await owner.members.remove(member.id);
      assert.ok("status" in removed && removed.status === "removed");
      await assert.rejects(ana.brands.list(), AuthenticationError);
      const pending = await owner.members.invite({ email: "li@acme.example", allBrands: true, role: "admin" });
      await owner.members.remove(pending.id);
      assert.deepEqual((await owner.members.list()).invites, []);
    });

    await t.test("A brand is deleted when that is confirmed, and only counted before", async () => {
      const brand = await newBrand(owner);
      await owner.tickets.create(brand.id, { title: "Goes along" });
      const contents = await owner.brands.delete(brand.id);
      assert.deepEqual([contents.ticketCount, contents.statusCount], [1, 4]);
      const deleted = await owner.brands.delete(brand.id, { confirm: true });
      assert.equal(deleted.id, brand.id);
      await assert.rejects(owner.brands.get(brand.id), NotFoundError);
    });

    await t.test("On the cookie of a session, writes need its CSRF token, which the client sends", async () => {
      const login = await fetch(`${baseUrl}/auth/login`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
      const session = (await login.json()) as Session;
      const cookie = login.headers.get("set-cookie")?.split(";")[0] ?? "";
      // In a page the browser adds the cookie by itself.
      const browser: typeof fetch = (url, init) => {
        const headers = new Headers(init?.headers);
        headers.set("Cookie", cookie);
        return fetch(url, { ...init, headers });
      };
      const inPage = (csrfToken: string) =>
        new DispatchTickets({ csrfToken: () => csrfToken, baseUrl, fetch: browser });
      const page = inPage(session.csrfToken);
      const brand = await newBrand(page);
      const ticket = await page.tickets.create(brand.id, { title: "From a page" });
      assert.equal((await page.tickets.get(brand.id, ticket.id)).createdBy, email);
      await page.tickets.delete(brand.id, ticket.id);
      await assert.rejects(inPage("wrong").tickets.create(brand.id, { title: "Forged" }), ForbiddenError);
    });
  });

  test(`Keys are created, narrowed and revoked through the client (${database})`, async () => {
    const [a, b] = [await newBrand(byKey), await newBrand(byKey)];
    const name = unique("website");
    const made = await byKey.apiKeys.create({ name, brandIds: [a.id, b.id], permissions: "read" });
    const reader = withKey(made.key ?? "");
    assert.equal((await reader.brands.list()).length, 2);
    await assert.rejects(reader.tickets.create(a.id, { title: "No" }), ForbiddenError);
    await byKey.apiKeys.setScope(made.id, { brandIds: [a.id] });
    await assert.rejects(reader.brands.get(b.id), NotFoundError);
    const changed = await byKey.apiKeys.update(made.id, { name: `${name} 2`, expiresAt: "2100-01-01T00:00:00Z" });
    assert.deepEqual([changed.name, changed.brandIds], [`${name} 2`, [a.id]]);
    assert.ok((await byKey.apiKeys.list()).some((key) => key.id === made.id && !("key" in key)));
    assert.equal(await byKey.apiKeys.delete(made.id), undefined);
    await assert.rejects(reader.brands.list(), AuthenticationError);
  });
}
