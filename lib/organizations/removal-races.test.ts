import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveAuthorization } from "#lib/accounts/save-connection";
import type { MemberActor } from "#lib/audit/schema";
import { type PostgresDatabase, usePostgresDatabase } from "#lib/db/testing/use-postgres-database";
import { ApiError } from "#lib/errors";
import { generateKey } from "#lib/keys/generate-key";
import { rotateKey } from "#lib/keys/rotate-key";
import { updateKey } from "#lib/keys/update-key";
import { verifySecret } from "#lib/keys/verify-secret";
import { changeRole } from "#lib/organizations/change-role";
import { removeMember } from "#lib/organizations/remove-member";
import { actIn, createPerson, createTeam, generate, join, roleOf } from "#lib/organizations/testing/team";
import { createPost } from "#lib/posts/create-post";
import { findPostgres } from "#lib/testing/postgres/start-postgres";
import { useTestKey } from "#lib/testing/process-state";
import { deleteUser } from "#lib/users/delete-user";

const ROUNDS = 200;

/** Runs all at once. Resolves to what was refused; anything else that went wrong is thrown. */
const race = async (acts: (() => Promise<unknown>)[]): Promise<(ApiError | undefined)[]> => {
  const settled = await Promise.allSettled(acts.map((act) => act()));
  return settled.map((one) => {
    if (one.status === "fulfilled") return undefined;
    if (one.reason instanceof ApiError) return one.reason;
    throw one.reason;
  });
};

describe.skipIf(!findPostgres())("on PostgreSQL, two hundred times", () => {
  let postgres: PostgresDatabase;
  beforeAll(async () => {
    useTestKey();
    postgres = await usePostgresDatabase();
  });
  afterAll(() => postgres.close());

  type Pair = { one: MemberActor; other: MemberActor; emails: [string, string] };
  const ENDINGS: Record<string, (pair: Pair) => (() => Promise<unknown>)[]> = {
    "remove each other": ({ one, other }) => [
      () => removeMember(one, other.userId, undefined),
      () => removeMember(other, one.userId, undefined),
    ],
    leave: ({ one, other }) => [
      () => removeMember(one, one.userId, undefined),
      () => removeMember(other, other.userId, undefined),
    ],
    "demote each other": ({ one, other }) => [
      () => changeRole(one, other.userId, "member"),
      () => changeRole(other, one.userId, "member"),
    ],
    "delete their accounts": ({ one, other, emails }) => [
      () => deleteUser(one, emails[0]),
      () => deleteUser(other, emails[1]),
    ],
  };
  test.each(Object.entries(ENDINGS))("of two owners who %s at once, one remains", async (_, toActs) => {
    for (let round = 0; round < ROUNDS / 4; round++) {
      const { organizationId, owner, admin } = await createTeam();
      await changeRole(actIn(owner, organizationId), admin.id, "owner");
      const [one, other] = [actIn(owner, organizationId), actIn(admin, organizationId)];
      const refused = await race(toActs({ one, other, emails: [owner.email, admin.email] }));
      expect(refused.filter(Boolean)).toHaveLength(1);
      const left = await Promise.all([roleOf(organizationId, owner), roleOf(organizationId, admin)]);
      expect(left.filter((role) => role === "owner")).toHaveLength(1);
    }
    expect(await postgres.countDeadlocks()).toBe(0);
  });

  test("a key that is generated, rotated or enabled during the removal is refused or disabled with the rest", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { organizationId, admin, member } = await createTeam();
      const [actor, by] = [actIn(member, organizationId), actIn(admin, organizationId)];
      const [first, second] = [await generate(organizationId, member), await generate(organizationId, member)];
      await updateKey(actor, second.id, { is_active: false });
      const secrets = [first.secret, second.secret];
      const generateOne = async () => {
        secrets.push((await generateKey(actor, { name: "Meanwhile" }, undefined)).key ?? "");
      };
      const rotate = { keyId: first.id, overlapSeconds: 60, idempotencyKey: undefined };
      let removed = 0;
      const remove = () => removeMember(by, member.id, "disable").then((ids) => (removed = ids.length));
      const enable = () => updateKey(actor, second.id, { is_active: true });
      const refused = await race([
        remove,
        ...(round % 2 === 0
          ? [generateOne, async () => secrets.push((await rotateKey(actor, rotate)).key ?? ""), enable, generateOne]
          : [enable, enable, enable]),
      ]);
      expect(refused[0]).toBeUndefined();
      expect(removed).toBeGreaterThan(0);
      expect(await postgres.db.prisma.apiKey.count({ where: { createdById: member.id, disabledAt: null } })).toBe(0);
      for (const secret of secrets) await expect(verifySecret(secret)).rejects.toMatchObject({ reason: "disabled" });
    }
    expect(await postgres.countDeadlocks()).toBe(0);
  });

  test("without a choice, whoever generates a key meanwhile is not removed with it", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { organizationId, admin, member } = await createTeam();
      const [removal, generation] = await race([
        () => removeMember(actIn(admin, organizationId), member.id, undefined),
        () => generateKey(actIn(member, organizationId), { name: "Meanwhile" }, undefined),
      ]);
      const isMember = (await roleOf(organizationId, member)) !== undefined;
      expect([removal?.code, generation?.code, isMember]).toEqual(
        isMember ? ["InvalidState", undefined, true] : [undefined, "NotFound", false],
      );
    }
  });

  test("nothing that the removed person had begun commits after the answer", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { organizationId, owner, admin } = await createTeam();
      const actor = actIn(admin, organizationId);
      const user = { id: admin.id, name: null, email: admin.email };
      const compose = () =>
        createPost(
          { organizationId, keyId: null, user },
          {
            accountId: undefined,
            network: undefined,
            parts: [{ text: "Hello", mediaUrls: [], altTexts: [] }],
            scheduledAt: new Date(Date.now() + 86_400_000),
          },
          undefined,
        );
      const connect = () =>
        saveAuthorization(
          actor,
          { network: "mastodon", state: randomUUID() },
          { authorizationUrl: "", serverUrl: "https://example.com", credential: {} },
        );
      const count = async () => [
        await postgres.db.prisma.post.count({ where: { authorId: admin.id } }),
        await postgres.db.prisma.pendingConnection.count({ where: { userId: admin.id } }),
      ];
      let atTheAnswer: number[] | undefined;
      const remove = async () => {
        await removeMember(actIn(owner, organizationId), admin.id, "disable");
        atTheAnswer = await count();
      };
      await race([compose, connect, compose, remove, compose, connect, compose]);
      expect(await count()).toEqual(atTheAnswer);
    }
    expect(await postgres.countDeadlocks()).toBe(0);
  });

  test("whoever deletes their account while they write, connect and are appointed deadlocks with none of it", async () => {
    for (let round = 0; round < ROUNDS / 4; round++) {
      const { organizationId, owner } = await createTeam();
      const person = await createPerson();
      await join(organizationId, person, "admin");
      const actor = actIn(person, organizationId);
      const user = { id: person.id, name: null, email: person.email };
      const parts: [{ text: string; mediaUrls: []; altTexts: [] }] = [{ text: "Hi", mediaUrls: [], altTexts: [] }];
      const draft = { accountId: undefined, network: undefined, parts, scheduledAt: new Date(Date.now() + 86_400_000) };
      const compose = () => createPost({ organizationId, keyId: null, user }, draft, undefined);
      const connect = () =>
        saveAuthorization(
          actor,
          { network: "mastodon", state: randomUUID() },
          { authorizationUrl: "", serverUrl: "https://example.com", credential: {} },
        );
      await race([
        compose,
        connect,
        () => deleteUser(person.actor, person.email),
        compose,
        connect,
        () => changeRole(actIn(owner, organizationId), person.id, "member"),
        () => generateKey(actor, { name: "Meanwhile" }, undefined),
      ]);
    }
    expect(await postgres.countDeadlocks()).toBe(0);
  });
});
