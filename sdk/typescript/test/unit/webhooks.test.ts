import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { DispatchTickets, DispatchTicketsError, WebhookVerificationError } from "@dispatch-server/client";

// The vectors of the contract.
const ID = "evt_01kdyaktg0ksbt1vm9nva57q9j";
const TIMESTAMP = "1767323045";
const BODY = '{"id":"evt_01kdyaktg0ksbt1vm9nva57q9j","type":"webhook.ping"}';
const VECTORS = [
  {
    secret: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    plain: "sha256=cf54788cebd65a075e55cd46311f56474bdb005b1831d4cd249c871ad101d53b",
    standard: "v1,2AP2xqbmO2OgqsUQj6uKcsTi4h6xgc5tFTL1TdPXj8s=",
  },
  {
    secret: "my-own-webhook-secret-000001",
    plain: "sha256=34dcd7037b51be7a9ffbd2073ad0a94b63f11ccadcbbd18421c583e8be121035",
    standard: "v1,H1VKd6UeEqHvZogBZzUJ/rRwWJgito/4CbDijRsPv/A=",
  },
];
const [FIRST, SECOND] = VECTORS as [(typeof VECTORS)[0], (typeof VECTORS)[0]];
const AT_ANY_AGE = { toleranceSeconds: Number.POSITIVE_INFINITY };

const standardHeaders = (signature: string, timestamp = TIMESTAMP) => ({
  "webhook-id": ID,
  "webhook-timestamp": timestamp,
  "webhook-signature": signature,
});

function headersOf({ plain, standard }: { plain: string; standard: string }): Record<string, string> {
  return { ...standardHeaders(standard), "x-dispatch-signature": plain };
}

/** What the server sends at a time, signed by our own reading of the contract. */
function signedAt(seconds: number, secret = FIRST.secret, body = BODY): Record<string, string> {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : secret;
  const signed = createHmac("sha256", key).update(`${ID}.${seconds}.${body}`).digest("base64");
  const plain = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  return { ...standardHeaders(`v1,${signed}`, String(seconds)), "x-dispatch-signature": plain };
}

async function refused(
  given: Partial<Parameters<typeof DispatchTickets.verifyWebhook>[0]>,
  says: RegExp,
): Promise<void> {
  const usual = { body: BODY, headers: headersOf(FIRST), secret: FIRST.secret, ...AT_ANY_AGE };
  await assert.rejects(DispatchTickets.verifyWebhook({ ...usual, ...given }), (error: unknown) => {
    assert.ok(error instanceof WebhookVerificationError && error instanceof DispatchTicketsError);
    assert.match(error.message, says);
    assert.equal(error.code, "webhook_verification_error");
    return true;
  });
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

for (const vector of VECTORS) {
  const { secret } = vector;
  test(`Both signatures match the vector of ${secret}, together and alone`, async () => {
    const alone = [standardHeaders(vector.standard), { "x-dispatch-signature": vector.plain }];
    for (const headers of [headersOf(vector), ...alone]) {
      const event = await DispatchTickets.verifyWebhook({ body: BODY, headers, secret, ...AT_ANY_AGE });
      assert.deepEqual(event, { id: ID, type: "webhook.ping" });
    }
  });

  test(`Nothing else passes for signed with ${secret}: another body, id, time, secret or signature`, async () => {
    const headers = headersOf(vector);
    const wrong = { ...vector, secret: `${secret.slice(0, -2)}1=` };
    const calls = [
      { headers, secret, body: BODY.replace("ping", "pong") },
      { headers: { ...headers, "webhook-id": "evt_2" }, secret },
      { headers: { ...headers, "webhook-timestamp": "1767323046" }, secret },
      { headers, secret: wrong.secret },
      { headers: { ...headers, "webhook-signature": vector.standard.replace("v1,", "v1,A") }, secret },
      { headers: { ...headers, "webhook-signature": vector.standard.replace("v1,", "v1a,") }, secret },
      { headers: { ...headers, "webhook-signature": vector.standard.replace("=", "") }, secret },
      { headers: { ...headers, "webhook-signature": "" }, secret },
      { headers: { ...headers, "x-dispatch-signature": vector.plain.replace("sha256=", "sha1=") }, secret },
      { headers: { ...headers, "x-dispatch-signature": vector.plain.slice(0, -1) }, secret },
      { headers: { ...headers, "x-dispatch-signature": "" }, secret },
      { headers: { "x-dispatch-signature": vector.plain.replace(/.$/, "0") }, secret },
    ];
    for (const call of calls) await refused(call, /The signature is wrong/);
  });
}

test("One right signature does not make up for a wrong one", async () => {
  await refused({ headers: { ...headersOf(FIRST), "x-dispatch-signature": SECOND.plain } }, /signature is wrong/);
  await refused({ headers: { ...headersOf(FIRST), "webhook-signature": SECOND.standard } }, /signature is wrong/);
});

test("During a rotation the new secret and the old one are both right, in either order, and no third one", async () => {
  const headers = {
    ...standardHeaders(`${FIRST.standard} ${SECOND.standard}`),
    "x-dispatch-signature": FIRST.plain,
    "x-dispatch-signature-previous": SECOND.plain,
  };
  for (const secret of [FIRST.secret, SECOND.secret]) {
    assert.equal((await DispatchTickets.verifyWebhook({ body: BODY, headers, secret, ...AT_ANY_AGE })).id, ID);
  }
  await refused({ headers, secret: "a-third-secret-nobody-knows" }, /signature is wrong/);
});

test("A webhook may be five minutes old, or that much ahead, when nothing else is said", async () => {
  for (const age of [0, 295, -295]) {
    const headers = signedAt(nowSeconds() - age);
    assert.equal((await DispatchTickets.verifyWebhook({ body: BODY, headers, secret: FIRST.secret })).id, ID);
  }
  for (const age of [305, -305]) {
    const headers = signedAt(nowSeconds() - age);
    await refused({ headers, toleranceSeconds: undefined }, /too old, or the clocks/);
  }
});

test("The tolerance is the receiver's choice", async () => {
  const headers = signedAt(nowSeconds() - 3000);
  await DispatchTickets.verifyWebhook({ body: BODY, headers, secret: FIRST.secret, toleranceSeconds: 3600 });
  await refused({ headers, toleranceSeconds: 60 }, /too old/);
  const toleranceSeconds = Number.NaN;
  await assert.rejects(
    DispatchTickets.verifyWebhook({ body: BODY, headers, secret: "s", toleranceSeconds }),
    TypeError,
  );
});

test("A signed time that is no number of seconds is refused at any tolerance", async () => {
  const secret = SECOND.secret;
  for (const timestamp of ["", "1e9", "-1", "soon", "1767323045.5"]) {
    const signature = createHmac("sha256", secret).update(`${ID}.${timestamp}.${BODY}`).digest("base64");
    await refused({ headers: standardHeaders(`v1,${signature}`, timestamp), secret }, /too old/);
  }
});

test("Without the signature that covers the time, an old webhook could be sent again: it counts only at any age", async () => {
  const headers = { "x-dispatch-signature": FIRST.plain };
  await refused({ headers, toleranceSeconds: undefined }, /webhook-signature is missing/);
  await refused({ headers, toleranceSeconds: 1e9 }, /webhook-signature is missing/);
});

test("A request without any signature is refused", async () => {
  await refused({ headers: {} }, /has no signature/);
  await refused({ headers: { "webhook-id": ID, "webhook-timestamp": TIMESTAMP } }, /has no signature/);
});

test("Headers may be those of fetch or of Node, in any case, and the body text or bytes", async () => {
  const usual = headersOf(FIRST);
  const upper = Object.fromEntries(Object.entries(usual).map(([name, value]) => [name.toUpperCase(), value]));
  const lists = Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, [value]]));
  const bytes = new TextEncoder().encode(BODY);
  const inside = new Uint8Array([0, ...bytes, 0]).subarray(1, -1);
  for (const headers of [new Headers(usual), usual, upper, lists]) {
    for (const body of [BODY, bytes, bytes.buffer as ArrayBuffer, Buffer.from(BODY), inside]) {
      const event = await DispatchTickets.verifyWebhook({ body, headers, secret: FIRST.secret, ...AT_ANY_AGE });
      assert.equal(event.id, ID);
    }
  }
});

test("A body that was read as JSON already is refused with a word of help, as is a missing secret", async () => {
  const headers = headersOf(FIRST);
  const body = JSON.parse(BODY) as string;
  await assert.rejects(DispatchTickets.verifyWebhook({ body, headers, secret: FIRST.secret }), /raw body/);
  const secret = undefined as unknown as string;
  await assert.rejects(DispatchTickets.verifyWebhook({ body: BODY, headers, secret }), /secret/);
});

test("A whsec_ secret that is not base64 is a key as it stands", async () => {
  for (const secret of ["whsec_not base64 at all!", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMg", "whsec_"]) {
    const signature = createHmac("sha256", secret).update(`${ID}.${TIMESTAMP}.${BODY}`).digest("base64");
    const headers = standardHeaders(`v1,${signature}`);
    assert.equal((await DispatchTickets.verifyWebhook({ body: BODY, headers, secret, ...AT_ANY_AGE })).id, ID);
  }
});

test("A signed body that is not JSON is refused", async () => {
  const headers = signedAt(nowSeconds(), FIRST.secret, "hello");
  await refused({ body: "hello", headers }, /not JSON/);
});
