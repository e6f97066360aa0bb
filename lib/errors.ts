import type { Problem } from "#lib/problems/problem";
import { toEnglish } from "#lib/problems/tell-problem";

/** Every error name that a caller can receive, with its HTTP status. The names are part of the API. */
export const ERROR_STATUS = {
  InvalidRequest: 400,
  MissingParameter: 400,
  TextRequired: 400,
  TextTooLong: 400,
  InvalidTextFormat: 400,
  MediaRequired: 400,
  InvalidMediaUrl: 400,
  InvalidMediaType: 400,
  MediaTooLarge: 400,
  InvalidCarouselSize: 400,
  MediaDownloadFailed: 400,
  InvalidPlatform: 400,
  InvalidAccountId: 400,
  AccountDisabled: 400,
  InvalidSchedule: 400,
  Unauthorized: 401,
  Forbidden: 403,
  InsufficientPermissions: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  IdempotencyConflict: 409,
  IdempotencyInProgress: 409,
  LimitReached: 409,
  InvalidState: 409,
  PayloadTooLarge: 413,
  UnsupportedMediaType: 415,
  RateLimitExceeded: 429,
  InternalServerError: 500,
  PublishingFailed: 502,
  TokenExpired: 502,
  ServiceUnavailable: 503,
} as const;

export type ErrorName = keyof typeof ERROR_STATUS;

/** Problems by the dotted path of their member, for example `post.content.text`. */
export type FieldErrors = Record<string, Problem[]>;

type Details = {
  /** The member that the problem concerns, when the API's sentence begins with its name. */
  at?: string;
  fields?: FieldErrors;
  headers?: Record<string, string>;
  /** Further members of the answer, for example the exceeded limit. */
  members?: Record<string, unknown>;
  /** The sentence in the `detail` dialect, if it differs. */
  detail?: string;
  /** Only for the log. */
  cause?: unknown;
};

/** An error that the caller may read: `problem` is for the caller, in any language, and `cause` is only for the log. */
export class ApiError extends Error {
  readonly code: ErrorName;
  readonly problem: Problem;
  readonly fields: FieldErrors | undefined;
  readonly headers: Record<string, string>;
  readonly members: Record<string, unknown>;
  readonly detail: string | undefined;

  constructor(code: ErrorName, problem: Problem, details: Details = {}) {
    const sentence = toEnglish(problem);
    super(details.at === undefined ? sentence : `${details.at}: ${sentence}`, { cause: details.cause });
    this.name = "ApiError";
    this.code = code;
    this.problem = problem;
    this.fields = details.fields;
    this.headers = details.headers ?? {};
    this.members = details.members ?? {};
    this.detail = details.detail;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
