import { expect, test } from "vitest";
import type { z } from "zod";
import * as keyOperations from "#lib/http/key-operations";
import type { Operation } from "#lib/http/operation";
import * as postOperations from "#lib/http/post-operations";
import * as webhookOperations from "#lib/http/webhook-operations";

// Absent, these would allow more than was meant, or change nothing where somebody emptied a field: that is told.
const HAVE_A_RULE = ["expires_at", "scopes", "allowed_addresses", "events", "name", "scheduledAt"];

const bodies = [keyOperations, postOperations, webhookOperations]
  .flatMap((module): Pick<Operation, "id" | "body">[] => Object.values(module))
  .flatMap(({ id, body }): [string, z.ZodType][] => (body ? [[id, body]] : []));

type Member = [name: string, schema: z.ZodType];

/** Every member that may be absent, of an object and of all that is in it. */
const listOptional = (schema: z.core.$ZodType): Member[] => {
  const def: Record<string, unknown> = { ...schema._zod.def };
  const inner = [def.innerType, def.in, def.out, def.element, ...((def.options as unknown[]) ?? [])];
  const members = Object.entries((def.shape as Record<string, z.ZodType>) ?? {});
  return [
    ...members.filter(([, member]) => member.safeParse(undefined).success),
    ...members.flatMap(([, member]) => listOptional(member)),
    ...inner.flatMap((one) => (one ? listOptional(one as z.core.$ZodType) : [])),
  ];
};

test.each(bodies)("an optional member of %s that nobody filled in is none", (_id, body) => {
  for (const [name, member] of listOptional(body)) {
    if (HAVE_A_RULE.includes(name) || "x-unpublished" in (member.meta() ?? {})) continue;
    expect(member.safeParse(""), `${name}: ""`).toMatchObject({ success: true });
    expect(member.safeParse(null), `${name}: null`).toMatchObject({ success: true });
  }
});

test("the bodies have optional members at all", () => {
  const names = new Set(bodies.flatMap(([, body]) => listOptional(body)).map(([name]) => name));
  for (const name of ["mediaUrls", "altTexts", "accountId", "platform", "targetType", "force", "environment"]) {
    expect(names).toContain(name);
  }
});
