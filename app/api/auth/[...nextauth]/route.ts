import { randomUUID } from "node:crypto";
import { handleAuthRequest } from "#lib/auth/handle-auth-request";
import { errorPage, isNavigation } from "#lib/http/error-page";
import { errorResponse } from "#lib/http/error-response";
import { readConsoleLocale } from "#lib/http/with-session";

const handle = (request: Request): Promise<Response> =>
  handleAuthRequest(request).catch((error: unknown) =>
    isNavigation(request.headers)
      ? errorPage(error, "/sign-in", randomUUID())
      : errorResponse(error, "error", randomUUID(), {}, { locale: readConsoleLocale(request.headers) }),
  );

export const GET = handle;
export const HEAD = handle;
export const POST = handle;
export const PUT = handle;
export const PATCH = handle;
export const DELETE = handle;
export const OPTIONS = handle;
