import { ApiError } from "#lib/errors";
import { withNobody } from "#lib/http/with-nobody";

const notFound = withNobody(() => {
  throw new ApiError("NotFound", "There is nothing at this address. GET /openapi.json lists what there is.");
});

export const GET = notFound;
export const HEAD = notFound;
export const POST = notFound;
export const PUT = notFound;
export const PATCH = notFound;
export const DELETE = notFound;
export const OPTIONS = notFound;
