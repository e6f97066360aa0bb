import { z } from "zod";
import { askToRemove, cleanAddress, findInvisible, withoutInvisible } from "#lib/pasted/schema";
import { rule, toRule } from "#lib/problems/problem";

/**
 * An optional member that counts as absent when it is empty: null, an empty text, a list of such. That is what tools send
 * for a field that nobody filled in. Not for what empties something, or what allows more when it is absent.
 */
export const orNone = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (isEmpty(value) ? undefined : value), schema.optional()).optional();

/** The same for an id or a name out of a list: what shows nothing is empty as well. */
export const seenOrNone = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .preprocess((value) => {
      const shown = typeof value === "string" ? withoutInvisible(value) : value;
      return isEmpty(shown) ? undefined : shown;
    }, schema.optional())
    .optional();

/** A member in which nothing that cannot be seen has a place: an id, a name out of a list, a time, a host. */
export const seen = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === "string" ? withoutInvisible(value) : value), schema);

/** An address of the web as it is seen. One that holds what cannot be seen behind its host is refused, by name. */
export const webAddressSchema = (maxLength: number) =>
  z
    .string()
    .max(maxLength, { error: rule("address_too_long"), abort: true })
    .overwrite(cleanAddress)
    .refine((text) => findInvisible(text) === undefined, { error: ({ input }) => toRule(askToRemove(String(input))) });

/** A member that is understood, and left out of the OpenAPI document: another spelling of one that is in it. */
export const unpublished = <Schema extends z.ZodType>(schema: Schema): Schema => schema.meta({ [UNPUBLISHED]: true });

/** The mark of such members in their JSON Schema. */
export const UNPUBLISHED = "x-unpublished";

/** Whether a member says nothing: null, an empty text, a list of such. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.every(isEmpty));
}
