/**
 * A path for the log, with everything that varies or could be a secret left out:
 * only segments that look like words stay.
 */
export const routePattern = (path: string): string => {
  if (path.startsWith("/_next/")) return "/_next/{path}";
  return path.replace(/[^/]+/g, (segment) => (/^(?:v\d|[a-z][a-z.-]{0,23})$/.test(segment) ? segment : "{…}"));
};
