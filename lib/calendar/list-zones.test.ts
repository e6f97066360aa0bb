import { expect, test } from "vitest";
import { listZones } from "#lib/calendar/list-zones";
import { updateUserSchema } from "#lib/users/schema";

test("zones have the names that they have now, each once, and each can be saved", () => {
  const zones = listZones(null);
  expect(zones.length).toBeGreaterThan(400);
  expect(new Set(zones).size).toBe(zones.length);
  for (const name of ["UTC", "Asia/Taipei", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Ho_Chi_Minh", "Europe/Kyiv"]) {
    expect(zones).toContain(name);
  }
  for (const name of ["Asia/Calcutta", "Asia/Saigon", "Europe/Kiev"]) expect(zones).not.toContain(name);
  for (const zone of zones) expect(updateUserSchema.safeParse({ time_zone: zone }).success, zone).toBe(true);
});

test("a zone that was saved under another of its names is among them", () => {
  expect(listZones("Asia/Calcutta")).toContain("Asia/Calcutta");
});
