import { settings } from "#lib/env";
import { openApiDocument } from "#lib/http/openapi-document";
import { routeMethods } from "#lib/http/route-methods";
import { withPublic } from "#lib/http/with-public";

// The document never changes, and it is expensive to generate.
let document: ReturnType<typeof openApiDocument> | undefined;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withPublic(() => {
    document ??= openApiDocument(settings().publicUrl);
    return document;
  }),
});
