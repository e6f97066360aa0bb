import type { Problem } from "#lib/problems/problem";
import { toEnglish } from "#lib/problems/tell-problem";

/** What a user gave cannot be connected: which field, and what to do about it. */
export class ConnectError extends Error {
  readonly problem: Problem;
  readonly field: string;

  constructor(field: string, problem: Problem, options?: ErrorOptions) {
    super(toEnglish(problem), options);
    this.name = "ConnectError";
    this.problem = problem;
    this.field = field;
  }
}
