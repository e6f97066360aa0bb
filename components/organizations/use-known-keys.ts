"use client";

import { useCallback, useEffect, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { inOrganization } from "#components/organizations/in-organization";
import type { ApiKey } from "#lib/keys/schema";

/** The working keys that a member generated in an organization. Undefined until they are loaded. */
export const useKnownKeys = (organizationId: string, userId: string) => {
  const [keys, setKeys] = useState<ApiKey[]>();
  const [problem, setProblem] = useState<Problem>();

  const load = useCallback(async () => {
    const answer = await callApi<{ keys: ApiKey[] }>("GET", inOrganization("/api/keys", organizationId));
    setProblem(answer.problem);
    setKeys(answer.data?.keys.filter((key) => key.is_active && key.generated_by?.id === userId));
  }, [organizationId, userId]);
  useEffect(() => void load(), [load]);

  return { keys, problem, load };
};
