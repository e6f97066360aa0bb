import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PostgresDatabase, usePostgresDatabase } from "#lib/db/testing/use-postgres-database";
import { ApiError } from "#lib/errors";
import { revokeInvitation } from "#lib/invitations/invite";
import { accept, decline, read, send } from "#lib/invitations/testing/invited";
import { actIn, createPerson, createTeam, type Person, roleOf, type Team } from "#lib/organizations/testing/team";
import { findPostgres } from "#lib/testing/postgres/start-postgres";

const ROUNDS = 200;

/** Those of several at once that were answered, by their place; whatever else went wrong is thrown. */
const race = async (acts: Promise<unknown>[]): Promise<boolean[]> => {
  const settled = await Promise.allSettled(acts);
  return settled.map((one) => {
    if (one.status === "rejected" && !(one.reason instanceof ApiError)) throw one.reason;
    return one.status === "fulfilled";
  });
};

describe.skipIf(!findPostgres())("on PostgreSQL", () => {
  let postgres: PostgresDatabase;
  let team: Team;
  beforeAll(async () => {
    postgres = await usePostgresDatabase();
    team = await createTeam();
  });
  afterAll(() => postgres.close());

  const countMembers = () => postgres.db.prisma.membership.count({ where: { organizationId: team.organizationId } });
  // Without the limit of invitations an hour.
  const offer = async (person: Person): Promise<string> => {
    const { organizationId, owner } = team;
    const data = { organizationId, email: person.email, addressKey: person.email, role: "member" };
    const expiresAt = new Date(Date.now() + 60_000);
    return (await postgres.db.prisma.invitation.create({ data: { ...data, invitedById: owner.id, expiresAt } })).id;
  };
  const leave = ({ id: userId }: Person) =>
    postgres.db.prisma.membership.deleteMany({ where: { organizationId: team.organizationId, userId } });
  const listJoined = async ({ id }: Person) =>
    postgres.db.prisma.auditEvent.count({ where: { action: "member.joined", actorId: id } });

  test("twenty accepts at once make one membership and one event, and all are answered alike", async () => {
    const person = await createPerson();
    const id = await send(team.organizationId, team.owner, { email: person.email });
    const before = await countMembers();
    const answers = await Promise.all(Array.from({ length: 20 }, () => accept(person, id)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await countMembers()).toBe(before + 1);
    expect(await listJoined(person)).toBe(1);
    await leave(person);
  });

  // Which of the two is first shall not always be the same.
  const shuffle = (acts: (() => Promise<unknown>)[], isTurned: boolean) => {
    const promises = (isTurned ? acts.toReversed() : acts).map((act) => act());
    return isTurned ? promises.toReversed() : promises;
  };

  const RIVALS: Record<string, (id: string, person: Person) => Promise<unknown>> = {
    revoked: (id) => revokeInvitation(actIn(team.owner, team.organizationId), id),
    declined: (id, person) => decline(person, id),
  };
  test.each(Object.entries(RIVALS))(
    "of an accept and being %s at once exactly one wins, 200 times",
    async (outcome, rival) => {
      const won = { accepted: 0, other: 0 };
      for (let round = 0; round < ROUNDS; round++) {
        const person = await createPerson();
        const id = await offer(person);
        const acts = [() => accept(person, id), () => rival(id, person)];
        const [isAccepted, isOver] = await race(shuffle(acts, round % 2 === 1));
        expect(isAccepted).toBe(!isOver);
        expect(await read(id)).toMatchObject({ outcome: isAccepted ? "accepted" : outcome });
        expect(await roleOf(team.organizationId, person)).toBe(isAccepted ? "member" : undefined);
        expect(await listJoined(person)).toBe(isAccepted ? 1 : 0);
        won[isAccepted ? "accepted" : "other"]++;
        await leave(person);
      }
      expect(Math.min(won.accepted, won.other)).toBeGreaterThan(0);
    },
  );

  test("at the moment at which it expires an accept is in time or refused, never half done, 200 times", async () => {
    const won = { inTime: 0, late: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const person = await createPerson();
      const id = await offer(person);
      await postgres.db.prisma.$executeRaw`
        UPDATE invitations SET expires_at = clock_timestamp() + make_interval(secs => ${(round % 10) / 1000})
        WHERE id = ${id}::uuid`;
      const [isAccepted] = await race([accept(person, id)]);
      const row = await read(id);
      expect(row.outcome).toBe(isAccepted ? "accepted" : null);
      if (row.settledAt) expect(row.settledAt.getTime()).toBeLessThanOrEqual(row.expiresAt.getTime());
      expect(await roleOf(team.organizationId, person)).toBe(isAccepted ? "member" : undefined);
      won[isAccepted ? "inTime" : "late"]++;
      await leave(person);
    }
    expect(Math.min(won.inTime, won.late)).toBeGreaterThan(0);
  });

  test("of two who accept the hundredth seat at once one has it, and the other's invitation stays pending", async () => {
    const { prisma } = postgres.db;
    const others = await prisma.user.createManyAndReturn({
      data: Array.from({ length: 99 - (await countMembers()) }, (_, n) => ({
        ...{ issuer: "seats", subject: String(n), email: `${n}@seats.example` },
      })),
      select: { id: true },
    });
    const { organizationId } = team;
    await prisma.membership.createMany({
      data: others.map(({ id: userId }) => ({ organizationId, userId, role: "member" })),
    });
    for (let round = 0; round < 20; round++) {
      const pair = [await createPerson(), await createPerson()] as const;
      const ids = [await offer(pair[0]), await offer(pair[1])] as const;
      const settled = await Promise.allSettled([accept(pair[0], ids[0]), accept(pair[1], ids[1])]);
      const lost = settled.findIndex(({ status }) => status === "rejected");
      expect(settled.filter(({ status }) => status === "rejected")).toMatchObject([
        { reason: { code: "LimitReached", status: 409 } },
      ]);
      const [winner, loser] = lost === 0 ? [pair[1], pair[0]] : pair;
      expect(await countMembers()).toBe(100);
      const pending = ids[lost === 0 ? 0 : 1];
      expect(await read(pending)).toMatchObject({ outcome: null, settledAt: null });
      await leave(winner);
      await accept(loser, pending);
      await leave(loser);
    }
    expect(await postgres.countDeadlocks()).toBe(0);
  });
});
