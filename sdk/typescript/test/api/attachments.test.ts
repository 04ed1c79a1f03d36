import assert from "node:assert/strict";
import { test } from "node:test";
import { type Attachment, type Brand, DispatchTickets, type Ticket, type Upload } from "@dispatch-server/client";
import type { Calls } from "../support/plain.js";
import { endOfLog, everyWay, eventsOf, newBrand, refused, servers } from "../support/ways.js";

const PNG = { filename: "screenshot.png", contentType: "image/png" };

async function newTicket(api: Calls): Promise<{ brand: Brand; ticket: Ticket }> {
  const brand = await newBrand(api);
  return { brand, ticket: await api.tickets.create(brand.id, { title: "T" }) };
}

/** Sends bytes to where an upload says, as a page of another origin would. */
async function send(upload: Upload, body: string): Promise<Response> {
  const { uploadUrl, headers } = upload;
  return fetch(uploadUrl, { method: "PUT", body, headers: { ...headers, Origin: "https://elsewhere.example" } });
}

async function attached(api: Calls, brand: Brand, ticket: Ticket, body: string): Promise<Attachment> {
  const upload = await api.attachments.requestUpload(brand.id, ticket.id, PNG);
  assert.equal((await send(upload, body)).status, 200);
  return api.attachments.confirm(brand.id, ticket.id, upload.id);
}

everyWay("Rows 6 to 8: a file is asked for without its size, sent, confirmed, listed and downloaded", async ({ api }) => {
  const { brand, ticket } = await newTicket(api);
  const upload = await api.attachments.requestUpload(brand.id, ticket.id, PNG);
  assert.match(upload.id, /^att_[0-9a-z]{26}$/);
  assert.deepEqual([upload.attachmentId, upload.attachment.id], [upload.id, upload.id]);
  assert.deepEqual([upload.method, upload.headers, upload.expiresIn], ["PUT", { "Content-Type": "image/png" }, 900]);
  await refused(api.attachments.confirm(brand.id, ticket.id, upload.id), 400);
  const sent = await send(upload, "a picture");
  assert.deepEqual([sent.status, sent.headers.get("access-control-allow-origin")], [200, "*"]);
  const after = await endOfLog(api, brand.id);
  const file = await api.attachments.confirm(brand.id, ticket.id, upload.id);
  assert.deepEqual([file.status, file.size, file.filename, file.contentType], ["UPLOADED", 9, PNG.filename, "image/png"]);
  assert.deepEqual(await api.attachments.confirm(brand.id, ticket.id, upload.id), file);
  assert.deepEqual(await api.attachments.list(brand.id, ticket.id), [file]);
  const shown = await api.attachments.get(brand.id, ticket.id, file.id);
  const got = await fetch(shown.downloadUrl ?? "");
  assert.deepEqual([got.headers.get("content-type"), await got.text()], ["image/png", "a picture"]);
  const [created, ...more] = await eventsOf(api, brand.id, after);
  assert.ok(created?.type === "attachment.created");
  assert.deepEqual([created.data.attachment, created.data.ticketId, more], [file, ticket.id, []]);
  assert.equal((await api.tickets.get(brand.id, ticket.id)).attachmentCount, 1);
  await api.attachments.delete(brand.id, ticket.id, file.id);
  assert.equal((await fetch(shown.downloadUrl ?? "")).status, 404);
});

everyWay("Row 24: files are put on nested comments", async ({ api }) => {
  const { brand, ticket } = await newTicket(api);
  const file = await attached(api, brand, ticket, "a picture");
  const upload = await api.attachments.requestPendingUpload(brand.id, PNG);
  await send(upload, "another");
  const waiting = await api.attachments.confirmPending(brand.id, upload.id);
  const parent = await api.comments.create(brand.id, ticket.id, { body: "Parent" });
  const attachmentIds = [file.id, waiting.id];
  const comment = await api.comments.create(brand.id, ticket.id, { body: "Reply", parentId: parent.id, attachmentIds });
  assert.deepEqual(
    comment.attachments.map((one) => [one.id, one.commentId]),
    attachmentIds.map((id) => [id, comment.id]),
  );
  await refused(api.tickets.create(brand.id, { title: "T", attachmentIds: [waiting.id] }), 400, "attachmentIds[0]");
});

everyWay("Row 28: links are of this hour, and a fresh one works", async ({ api }) => {
  const { brand, ticket } = await newTicket(api);
  const file = await attached(api, brand, ticket, "a picture");
  const { downloadUrl, expiresAt } = await api.attachments.get(brand.id, ticket.id, file.id, { inline: true });
  const minutes = (Date.parse(expiresAt ?? "") - Date.now()) / 60_000;
  assert.ok(minutes > 55 && minutes <= 60, String(minutes));
  const got = await fetch(downloadUrl ?? "");
  assert.match(got.headers.get("content-disposition") ?? "", /^inline; /);
  const expired = (downloadUrl ?? "").replace(/expires=\d+/, "expires=1767323045");
  assert.equal((await fetch(expired)).status, 403);
  const urls = await api.attachments.urls(brand.id, { ids: [file.id, "att_x"] });
  assert.equal(await (await fetch(urls[file.id]?.url ?? "")).text(), "a picture");
  assert.equal(urls["att_x"], null);
});

for (const { database, baseUrl, apiKey } of servers()) {
  test(`A file is uploaded by one call, with a ticket and before there is one (${database})`, async () => {
    const dispatch = new DispatchTickets({ apiKey, baseUrl });
    const { brand, ticket } = await newTicket(dispatch);
    const text = { filename: "a.txt", contentType: "text/plain" };
    for (const [data, size] of [
      ["grüße", 7],
      [new Blob(["abc"]), 3],
      [new Uint8Array([1, 2]), 2],
      [new ArrayBuffer(4), 4],
      ["", 0],
    ] as const) {
      const file = await dispatch.attachments.upload(brand.id, ticket.id, { ...text, data });
      assert.deepEqual([file.status, file.size, file.ticketId], ["UPLOADED", size, ticket.id]);
    }
    const waiting = await dispatch.attachments.upload(brand.id, null, { ...text, data: "waits" });
    const other = await dispatch.tickets.create(brand.id, { title: "T", attachmentIds: [waiting.id] });
    assert.equal(other.attachmentCount, 1);
    await refused(dispatch.attachments.upload(brand.id, "tkt_x", { ...text, data: "x" }), 404);
  });
}
