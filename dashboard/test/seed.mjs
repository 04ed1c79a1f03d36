// Fills a server with invented tickets, for a desk at which somebody works on the dashboard:
//   node test/seed.mjs http://127.0.0.1:8080 data/first-run.txt
import { readFileSync } from "node:fs";

const [base = "http://127.0.0.1:8080", file = "../data/first-run.txt"] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const key = /sk_live_\w+/.exec(text)?.[0];
const token = /setup\?token=(\w+)/.exec(text)?.[1];
const call = async (method, path, body, credential = key) => {
  const headers = { authorization: `Bearer ${credential}`, "content-type": "application/json" };
  const answer = await fetch(`${base}/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const said = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(said)}`);
  return said;
};
const owner = { accountName: "Lumen", email: "mara@lumen.example", password: "a long enough password", displayName: "Mara Oduya", mode: "token" };
if (token) await call("POST", "/auth/setup", { ...owner, setupToken: token }).catch((error) => console.log(error.message));
const { sessionToken } = await call("POST", "/auth/login", { email: owner.email, password: owner.password, mode: "token" });
const people = [["jonas@lumen.example", "Jonas Weil"], ["priya@lumen.example", "Priya Raman"]];
for (const [email, displayName] of people) {
  const { inviteUrl } = await call("POST", "/members/invite", { email, allBrands: true }, sessionToken);
  await call("POST", "/auth/accept-invite", { token: inviteUrl.split("/").at(-1), password: owner.password, displayName, mode: "token" });
}
const members = (await call("GET", "/members")).members;

const SUBJECTS = [
  ["Cannot sign in after the update", "Since this morning the app says *session expired* right after I sign in.\n\n- iPhone 15, iOS 19\n- Version 4.2.1\n\nI reinstalled it twice. Can you help?", "Technical"],
  ["Invoice for October is missing", "Hello,\n\nour bookkeeping needs the October invoice, but the list ends in September. Could you send it?\n\nThanks", "Billing"],
  ["Export takes forever with large projects", "An export of about 40,000 rows runs for ten minutes and then stops with `timeout`.", "Technical"],
  ["Feature request: dark mode for reports", "Our analysts work at night. Reports are the only white page left.", "Feature request"],
  ["Two users were charged twice", "Order **ORD-88213** and ORD-88214 were both charged twice on Tuesday.", "Billing"],
  ["Webhook deliveries stopped", "We last received one at 03:12 UTC. Our endpoint answers 200 for everything since.", "Technical"],
  ["How do I move a workspace to another owner?", "The colleague who set it up has left the company.", "Account"],
  ["Lamp model L-200 flickers", "It flickers when dimmed below 20 %. I attached a video to my first mail.", "Product"],
  ["Delivery address was wrong", "The parcel went to our old office. Can it be redirected?", "Orders"],
  ["SSO login loops with Okta", "After the redirect we land on the login page again. SAML response looks fine to me.", "Technical"],
  ["Refund for a cancelled order", "I cancelled within 14 days, the refund has not arrived yet.", "Billing"],
  ["API returns 429 although we are slow", "We send five requests a second at most and get 429 since yesterday.", "Technical"],
  ["Change of VAT number", "Our VAT number is now DE999999999. Please use it from November on.", "Account"],
  ["The mobile app loses photos", "Photos taken offline are gone after the sync.", "Technical"],
  ["Question about the yearly plan", "If we switch now, is the rest of the month credited?", "Billing"],
];
const NAMES = ["Jane Doe", "Ana Ito", "Tomás Rivera", "Chidi Okafor", "Lena Fischer", "Samir Haddad", "Grace Lin", "Owen Hughes", "Yuki Tanaka", "Nora Lindqvist", "Ravi Menon", "Elif Kaya"];
const COMPANIES = [["Northwind Traders", "northwind.example"], ["Fjord Logistics", "fjord.example"], ["Helio Labs", "helio.example"]];
let random = 42;
// The low digits of such a row repeat soon: the high ones choose.
const pick = (list) => list[Math.floor(((random = (random * 48271) % 2147483647) / 2147483647) * list.length)];

for (const [name, slug, prefix, count] of [["Lumen Support", "lumen", "LS", 160], ["Harbor Shop", "harbor", "HB", 40]]) {
  const brand = await call("POST", "/brands", { name, slug, ticketPrefix: prefix });
  const at = `/brands/${brand.id}`;
  await call("POST", `${at}/statuses`, { name: "In Progress", key: "in_progress", color: "#8b5cf6", description: "Somebody is on it" });
  await call("POST", `${at}/statuses`, { name: "Waiting on Engineering", key: "waiting_eng", color: "#ec4899" });
  const colors = { Technical: "#3b82f6", Billing: "#22c55e", "Feature request": "#8b5cf6", Account: "#f59e0b", Product: "#ec4899", Orders: "#14b8a6" };
  const categories = {};
  for (const [category, color] of Object.entries(colors)) categories[category] = (await call("POST", `${at}/categories`, { name: category, color })).id;
  for (const [tag, color] of [["enterprise", "#8b5cf6"], ["bug", "#ef4444"], ["vip", "#f59e0b"], ["ios", "#3b82f6"], ["needs-docs", "#14b8a6"]]) await call("POST", `${at}/tags`, { name: tag, color });
  for (const [company, domain] of COMPANIES) await call("POST", `${at}/companies`, { name: company, domain });
  await call("POST", `${at}/fields/ticket`, { key: "plan", label: "Plan", type: "select", options: ["free", "pro", "enterprise"] });
  await call("POST", `${at}/fields/ticket`, { key: "order_id", label: "Order", type: "text" });
  const email = (person) => `${person.toLowerCase().normalize("NFKD").replace(/[^a-z ]/g, "").replace(" ", ".")}@${pick(COMPANIES)[1]}`;
  for (let index = 0; index < count; index++) {
    const [title, body, category] = SUBJECTS[index % SUBJECTS.length];
    const person = pick(NAMES);
    const ticket = await call("POST", `${at}/tickets`, {
      title: index < SUBJECTS.length ? title : `${title} (${index})`, body, customerName: person, customerEmail: email(person), categoryId: categories[category], source: pick(["email", "email", "web", "portal", "api"]),
      priority: pick(["normal", "normal", "normal", "high", "low", "urgent"]), status: pick(["open", "open", "open", "pending", "in_progress", "waiting_eng", "resolved", "closed"]),
      ...(pick([0, 1, 1]) && { assigneeId: pick(members).id }), tags: pick([[], ["bug"], ["enterprise", "vip"], ["ios"], ["needs-docs", "bug"]]), customFields: { plan: pick(["free", "pro", "enterprise"]) },
    });
    if (index % 3 === 0) {
      const on = `${at}/tickets/${ticket.id}/comments`;
      await call("POST", on, { body: "Thanks for writing. I am looking into it and will be back today.", authorEmail: "jonas@lumen.example", authorName: "Jonas Weil" });
      await call("POST", on, { body: "Seems to be the session cache. Engineering knows.", isInternal: true, authorName: "Priya Raman" });
    }
  }
}
console.log(`signed in as ${owner.email} with "${owner.password}"`);
