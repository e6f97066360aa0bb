"use client";

import { useRef, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { randomId } from "#components/console/random-id";
import { useBackGuard } from "#components/keys/use-back-guard";
import type { GeneratedKey } from "#lib/keys/schema";

/**
 * Generates keys by requests to the path. A retry after a lost answer returns the key of the first request, without its
 * secret: `Idempotency-Key` prevents a second key.
 */
export const useGenerateKey = <Request>(path: string) => {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const attempt = useRef({ body: "", idempotencyKey: "" });
  // The key may already exist, and only this page can receive its secret.
  useBackGuard(isBusy, () => {});

  const generate = async (request: Request): Promise<GeneratedKey | undefined> => {
    const body = JSON.stringify(request);
    if (attempt.current.body !== body) attempt.current = { body, idempotencyKey: randomId() };
    const { idempotencyKey } = attempt.current;
    setIsBusy(true);
    setProblem(undefined);
    const answer = await callApi<GeneratedKey>("POST", path, { body: request, idempotencyKey });
    setIsBusy(false);
    setProblem(answer.problem);
    if (!isUncertain(answer.problem)) attempt.current = { body: "", idempotencyKey: "" };
    return answer.data;
  };

  return { generate, isBusy, problem };
};

/** Whether the key may have been generated although no answer confirmed it. */
export const isUncertain = (problem: Problem | undefined): boolean =>
  problem?.kind === "network" || (problem?.kind === "refused" && problem.status >= 500);
