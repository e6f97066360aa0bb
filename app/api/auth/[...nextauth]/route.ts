import { randomUUID } from "node:crypto";
import { handleAuthRequest } from "#lib/auth/handle-auth-request";
import { errorPage, isNavigation } from "#lib/http/error-page";
import { errorResponse } from "#lib/http/error-response";
import type { RouteAnswer, RouteHandler } from "#lib/http/route";
import { readConsoleLocale } from "#lib/http/with-session";

const handle: RouteHandler = (request) =>
  handleAuthRequest(request)
    .then(toAnswer)
    .catch((error: unknown) =>
      isNavigation(request.headers)
        ? errorPage(error, "/sign-in", randomUUID())
        : errorResponse(error, "error", randomUUID(), {}, { locale: readConsoleLocale(request.headers) }),
    );

async function toAnswer(response: Response): Promise<RouteAnswer> {
  const { status, headers, body } = response;
  return { status, headers, content: body === null ? null : await response.text() };
}

export const GET = handle;
export const HEAD = handle;
export const POST = handle;
export const PUT = handle;
export const PATCH = handle;
export const DELETE = handle;
export const OPTIONS = handle;
