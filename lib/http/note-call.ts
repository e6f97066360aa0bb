import type { Operation } from "#lib/http/operation";
import { noteRequest } from "#lib/usage/note-request";
import type { Refusal } from "#lib/usage/schema";

type Answered = {
  requestId: string;
  /** Absent when no real key was presented: then there is nobody to show it to. */
  keyId: string | undefined;
  status: number;
  refusal: Refusal | undefined;
  address: string;
  startedAt: number;
};

/** Notes an answered request for the owner of the key that it presented: the route's pattern, not its path. */
export const noteCall = (operation: Pick<Operation, "path">, request: Request, answered: Answered): void => {
  const { requestId, keyId, status, refusal, address, startedAt } = answered;
  if (keyId === undefined) return;
  noteRequest({
    id: requestId,
    keyId,
    method: request.method,
    route: operation.path,
    status,
    refusal,
    milliseconds: performance.now() - startedAt,
    address,
    userAgent: request.headers.get("user-agent"),
  });
};
