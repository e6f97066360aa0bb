import { describe, expect, test } from "vitest";
import { outcomeSchema } from "#lib/accounts/schema";
import { AUDIT_ACTIONS } from "#lib/audit/schema";
import { fill } from "#lib/i18n/schema";
import { listConnectors } from "#lib/networks/registry";
import en from "./en.json" with { type: "json" };
import zhTw from "./zh-TW.json" with { type: "json" };

/** Every message by its path, `signIn.errors.Failed` or `guide.leak[2]`. */
const flatten = (value: unknown, path: string[] = []): [path: string[], message: string][] =>
  typeof value === "string"
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([name, inner]) => flatten(inner, [...path, name]));

const toPlaceholders = (message: string) => [...message.matchAll(/\{\w+\}/g)].map(String).sort();

describe("messages", () => {
  const english = flatten(en);
  const chinese = flatten(zhTw);

  test("both languages say the same things, in the same order", () => {
    expect(chinese.map(([path]) => path.join("."))).toEqual(english.map(([path]) => path.join(".")));
  });

  test("both languages fill in the same values", () => {
    const placeholders = (messages: typeof english) => messages.map(([path, text]) => [path, toPlaceholders(text)]);
    expect(placeholders(chinese)).toEqual(placeholders(english));
  });

  test("no message is empty", () => {
    expect([...english, ...chinese].filter(([, message]) => message.trim() === "")).toEqual([]);
  });

  test("every event of the log has a name and a sentence, and no other has", () => {
    for (const { actions, sentences } of [en.events, zhTw.events]) {
      expect([Object.keys(actions), Object.keys(sentences)]).toEqual([AUDIT_ACTIONS, AUDIT_ACTIONS]);
    }
  });

  test("everything that a network wants to know has a label and a hint", () => {
    for (const { network, connectFields } of listConnectors()) {
      for (const { name } of connectFields) {
        expect(en.networks).toHaveProperty([network, "fields", name], {
          label: expect.any(String),
          hint: expect.any(String),
        });
      }
    }
  });

  test("everything that can come of a connection is told", () => {
    expect(Object.keys(en.accounts.outcomes)).toEqual(
      // Who has to choose sees the choices instead.
      outcomeSchema.options.filter((outcome) => outcome !== "choose"),
    );
  });
});

describe("fill", () => {
  test("values are put in as text, whatever they contain", () => {
    expect(fill("“{name}” × {count}", { name: "$& {count} <b>", count: 2 })).toBe("“$& {count} <b>” × 2");
  });

  test("a value that reads from the right does not turn the words around it", () => {
    expect(fill("Delete “{name}”?", { name: "מפתח" })).toBe("Delete “\u2068מפתח\u2069”?");
    expect(fill("Delete “{name}”?", { name: "مفتاح 1" })).toBe("Delete “\u2068مفتاح 1\u2069”?");
    expect(fill("“{name}”", { name: "金鑰 é 👩‍👩‍👧" })).toBe("“金鑰 é 👩‍👩‍👧”");
  });

  test("numbers have their thousands apart", () => {
    expect(fill("{length} of {limit}", { length: 999, limit: 10_000 })).toBe("999 of 10,000");
    expect(fill("{name}", { name: "10000" })).toBe("10000");
  });

  test("a placeholder without a value stays visible", () => {
    expect(fill("{name}", {})).toBe("{name}");
  });
});
