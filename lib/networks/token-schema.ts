import { z } from "zod";

/** What can be sent as a bearer token: signs that a header holds, and not without end. */
export const tokenSchema = z.string().regex(/^[\x21-\x7e]{1,8192}$/);
