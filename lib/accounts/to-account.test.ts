import { expect, test } from "vitest";
import { toCapabilities } from "#lib/accounts/to-account";
import type { SocialAccount } from "#lib/db/generated/client";
import { getConnector } from "#lib/networks/registry";

const read = (capabilities: SocialAccount["capabilities"]) =>
  toCapabilities({ network: "mastodon", capabilities } as SocialAccount);

test("what was stored before there was such a fact is what its network usually takes", () => {
  const usual = getConnector("mastodon").capabilities;
  const { link_length: _, ...earlier } = usual;
  expect(read({ ...earlier, text_limit: 5000 })).toEqual({ ...usual, text_limit: 5000 });
  expect(read(null)).toEqual(usual);
});
