import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDraft, createMedium, createPart } from "./draft";
import { findAttempt, findKeptDraft, forgetDraft, keepAttempt, keepDraft, toDraftOwner } from "./kept-draft";

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  });
});
afterEach(() => void vi.unstubAllGlobals());

const draft = {
  ...createDraft("account"),
  parts: [
    { ...createPart(), text: "שלום" },
    { ...createPart(), media: [{ ...createMedium(), url: "https://a.example/b.png", alt: "b" }] },
  ],
  isLater: true,
  at: "2040-01-01T10:00",
  isSecond: true,
};

test("a draft is found again by whoever wrote it, and by nobody else", () => {
  keepDraft("ada", draft);
  expect(findKeptDraft("bob")).toBeUndefined();
  const ids = expect.any(String);
  expect(findKeptDraft("ada")).toEqual({
    ...draft,
    parts: draft.parts.map((part) => ({ ...part, id: ids, media: part.media.map((one) => ({ ...one, id: ids })) })),
  });
  forgetDraft("ada");
  expect(findKeptDraft("ada")).toBeUndefined();
});

test("a draft belongs to one organization; one from before there were any is found in each, until it is done with", () => {
  const [one, two] = [toDraftOwner("ada", "one"), toDraftOwner("ada", "two")];
  keepDraft(one, draft);
  expect(findKeptDraft(two)).toBeUndefined();
  forgetDraft(one);
  keepDraft("ada", draft);
  keepAttempt("ada", { body: "sent", idempotencyKey: "x" });
  expect(findKeptDraft(two)).toBeDefined();
  expect(findAttempt(two).body).toBe("sent");
  forgetDraft(two);
  expect([findKeptDraft("ada"), findKeptDraft(one), findAttempt(one).body]).toEqual([undefined, undefined, ""]);
});

test("a draft that was emptied is forgotten", () => {
  keepDraft("ada", draft);
  keepDraft("ada", createDraft("account"));
  expect(findKeptDraft("ada")).toBeUndefined();
});

test("the parts of a found draft have names that no other part has", () => {
  keepDraft("ada", draft);
  const ids = [findKeptDraft("ada"), findKeptDraft("ada")].flatMap((found) => found?.parts.map(({ id }) => id));
  expect(new Set(ids).size).toBe(4);
});

test("a key of ours is not kept", () => {
  const secret = "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp";
  keepDraft("ada", { ...draft, parts: [{ ...createPart(), text: `Mine: ${secret}` }] });
  keepAttempt("ada", { body: secret, idempotencyKey: "x" });
  expect(findKeptDraft("ada")?.parts[0]?.text).toBe("Mine: boring_012...");
  expect(findAttempt("ada").body).not.toBe(secret);
});

test.each(["", "null", "[]", "{", '{"parts": 1}', '{"parts": [null, {"text": 5, "media": {}}]}'])(
  "what is in storage and is no draft, %j, is none",
  (kept) => {
    localStorage.setItem("draft.ada", kept);
    expect(findKeptDraft("ada")).toBeUndefined();
  },
);

test("a browser that keeps nothing is written in all the same", () => {
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.stubGlobal("localStorage", { getItem: refuse, setItem: refuse, removeItem: refuse });
  keepDraft("ada", draft);
  forgetDraft("ada");
  expect([findKeptDraft("ada"), findAttempt("ada")]).toEqual([undefined, { body: "", idempotencyKey: "" }]);
});
