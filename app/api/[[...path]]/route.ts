import { notFoundRoute } from "#lib/http/not-found-route";
import { say } from "#lib/problems/problem";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = notFoundRoute(say("nothing_here"));
