import { NetworkError, type NetworkErrorReason } from "#lib/networks/network-error";
import type { Problem } from "#lib/problems/problem";

type Answer = { status: number; code: string | undefined; retryAt: Date | undefined };

/** A server answered with an error. `code` is the protocol's own name for it, when it gave one. */
export class ServerError extends NetworkError {
  readonly status: number;
  readonly code: string | undefined;

  constructor(reason: NetworkErrorReason, problem: Problem, { status, code, retryAt }: Answer) {
    super(reason, problem, { retryAt });
    this.status = status;
    this.code = code;
  }
}
