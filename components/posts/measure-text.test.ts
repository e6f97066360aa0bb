import { expect, test } from "vitest";
import { capabilities as bluesky } from "#lib/networks/bluesky/capabilities";
import { countText } from "#lib/networks/count-text";
import { usualCapabilities as mastodon } from "#lib/networks/mastodon/find-instance";
import { measureText } from "./measure-text";

test.each(["", "x".repeat(600), `@bob@b.example https://a.example/${"a".repeat(600)}`, "👩‍👩‍👧 e\u0301"])(
  "the composer counts %j as the server does",
  (text) => {
    const { length, limit, unit } = measureText(text, mastodon);
    expect([length, limit, unit]).toEqual([countText(text, mastodon), 500, "graphemes"]);
  },
);

test("a text with media is measured against the limit that it then has", () => {
  const capabilities = { ...mastodon, text_limit_with_media: 100 };
  expect(measureText("a", capabilities, true)).toMatchObject({ limit: 100 });
  expect(measureText("a", capabilities, false)).toMatchObject({ limit: 500 });
});

test("where bytes are counted as well, what is nearest to its limit is told", () => {
  expect(measureText("a".repeat(299), bluesky)).toEqual({ length: 299, limit: 300, unit: "graphemes" });
  expect(measureText("👩‍👩‍👧‍👦".repeat(150), bluesky)).toEqual({ length: 3750, limit: 3000, unit: "bytes" });
});
