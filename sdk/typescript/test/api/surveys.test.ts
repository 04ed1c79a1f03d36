import assert from "node:assert/strict";
import { everyWay, newBrand, refused } from "../support/ways.js";

everyWay("A survey is scheduled when a ticket is resolved, or when somebody asks for it", async ({ api }) => {
  const brand = await newBrand(api);
  await api.brands.update(brand.id, { csatEnabled: true, csatType: "scale10", csatDelayMinutes: 5 });
  const { id } = await api.tickets.create(brand.id, { title: "T", customerEmail: "jane@example.com" });
  await api.tickets.update(brand.id, id, { status: "resolved" });
  const [scheduled] = await api.tickets.feedback(brand.id, id);
  assert.deepEqual(
    [scheduled?.state, scheduled?.ratingType, scheduled?.customerEmail],
    ["scheduled", "scale10", "jane@example.com"],
  );
  await refused(api.tickets.sendSurvey(brand.id, id), 409);
  await api.tickets.update(brand.id, id, { status: "open" });
  const asked = await api.tickets.sendSurvey(brand.id, id, { delayMinutes: 1 });
  assert.deepEqual(
    (await api.tickets.feedback(brand.id, id)).map(({ id, state }) => [id, state]),
    [
      [asked.id, "scheduled"],
      [scheduled?.id, "canceled"],
    ],
  );
});
