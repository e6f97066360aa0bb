import { expect, test } from "vitest";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";
import { decideNext } from "#lib/publishing/decide-next";

const atWork = new NetworkError("unavailable", say("server_said", { said: "Busy." }), { isUnderWay: true });

const decide = (attempts: number, failures = 1) =>
  decideNext(atWork, { stage: "preparing", mayBeThere: false, failures, attempts, now: new Date(), chance: 0.5 });

test("a network that is at work on what it has is asked again for hours, ever more rarely, and none of it is a failure", () => {
  let hours = 0;
  for (let attempts = 1; attempts <= 70; attempts++) {
    const next = decide(attempts);
    if (next.state !== "later") throw new Error(`It is ${next.state}.`);
    expect(next).toMatchObject({ isFailure: false, asksFirst: false });
    hours += next.waitMilliseconds / 3_600_000;
  }
  expect(decide(1)).toMatchObject({ waitMilliseconds: 2000 });
  expect(hours).toBeGreaterThan(3);
});

test("a network that never comes to an end of it is given up in the end", () => {
  expect(decide(71)).toMatchObject({ state: "later", isFailure: true });
  expect(decide(76, 6)).toMatchObject({ state: "failed" });
});
