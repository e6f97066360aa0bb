/** The address that a request came from, as the front door found it out. Nothing that a caller can write. */
export const readAddress = (headers: Headers): string => headers.get("x-forwarded-for")?.trim() ?? "";
