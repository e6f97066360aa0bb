import { ApiError } from "#lib/errors";
import { withPublic } from "#lib/http/with-public";
import { say } from "#lib/problems/problem";

const notFound = withPublic(() => {
  throw new ApiError("NotFound", say("nothing_here"));
});

export const GET = notFound;
export const HEAD = notFound;
export const POST = notFound;
export const PUT = notFound;
export const PATCH = notFound;
export const DELETE = notFound;
export const OPTIONS = notFound;
