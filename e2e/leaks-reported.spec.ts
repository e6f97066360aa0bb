import { ask, tryKey, UNKNOWN_KEY } from "#lib/testing/console/api-client";
import { expect, test } from "./fixtures.ts";
import { withOwnServer } from "./with-own-server.ts";

const revoke = (url: string, json: unknown, from = "192.0.2.1") =>
  ask(url, "/v2/keys/revoke", { json, headers: { "X-Forwarded-For": from } });

withOwnServer({ TRUSTED_PROXIES: "1", RATE_LIMIT_PER_MINUTE: "1000000" }, (own) => {
  test("a key that a stranger reports is refused from the answer on, while callers hammer", async () => {
    const { id, key } = await own.user.generateKey();
    const acceptedFrom: number[] = [];
    let isRunning = true;
    const callers = Array.from({ length: 16 }, async () => {
      while (isRunning) {
        const sentAt = performance.now();
        if ((await tryKey(own.server.url, key)) === 200) acceptedFrom.push(sentAt);
      }
    });
    await expect.poll(() => acceptedFrom.length, { timeout: 30_000 }).toBeGreaterThan(32);
    expect((await revoke(own.server.url, { keys: [UNKNOWN_KEY, key] }, "192.0.2.10")).status).toBe(202);
    const endedAt = performance.now();
    await expect.poll(() => tryKey(own.server.url, key)).toBe(401);
    isRunning = false;
    await Promise.all(callers);
    expect(acceptedFrom.filter((sentAt) => sentAt > endedAt)).toEqual([]);
    const enabled = await own.user.ask(`/api/keys/${id}`, { method: "PATCH", json: { is_active: true } });
    expect([enabled.status, enabled.json.error]).toEqual([409, "InvalidState"]);
  });

  test("a stranger is told the same whatever the keys are", async () => {
    const { key } = await own.user.generateKey();
    const answers: string[] = [];
    for (const keys of [[key], [key], [UNKNOWN_KEY], ["x"], [""], Array(1000).fill("\u0000\ud800")]) {
      const { status, text } = await revoke(own.server.url, { keys }, "192.0.2.11");
      answers.push(`${status} ${text}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^202 /);
  });

  for (const [index, body] of [
    {},
    [],
    null,
    "x",
    { keys: [] },
    { keys: "x" },
    { keys: [1] },
    { keys: [null] },
    { keys: { not: "" } },
    { keys: Array(1001).fill("x") },
    { keys: ["x"], userId: "x" },
  ].entries()) {
    test(`a report of the wrong shape is a 400: ${JSON.stringify(body).slice(0, 30)}`, async () => {
      const { status, json } = await revoke(own.server.url, body, `192.0.2.${100 + index}`);
      expect([status, json.error]).toEqual([400, expect.any(String)]);
    });
  }

  test("an address may report ten times a minute, and does not use up another's", async () => {
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, index) => revoke(own.server.url, { keys: ["x"] }, `2001:db8:7:7::${index}`)),
    );
    const limited = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
    expect(limited).toHaveLength(4);
    for (const { headers, json } of limited) {
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      expect(json.error).toBe("RateLimitExceeded");
    }
    expect((await revoke(own.server.url, { keys: ["x"] }, "2001:db8:7:8::1")).status).toBe(202);
  });
});
