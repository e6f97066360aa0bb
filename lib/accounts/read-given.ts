import { ApiError, type FieldErrors } from "#lib/errors";
import type { ConnectField } from "#lib/networks/schema";

/** What a user gave to connect, with presets where nothing was given. Throws a 400 naming each field that is wrong. */
export const readGiven = (
  connectFields: readonly ConnectField[],
  fields: Record<string, string>,
): Record<string, string> => {
  const given = new Map(connectFields.map(({ name, preset }) => [name, fields[name]?.trim() || preset]));
  const missing = [...given.keys()].filter((name) => given.get(name) === undefined);
  if (missing.length > 0) {
    const message = `Missing required field: fields.${missing[0]}`;
    throw new ApiError("MissingParameter", message, { fields: toErrors(missing, "This field is required.") });
  }
  const unknown = Object.keys(fields).filter((name) => !given.has(name));
  if (unknown.length > 0) {
    const message = "This field is not known.";
    throw new ApiError("InvalidRequest", `fields.${unknown[0]}: ${message}`, { fields: toErrors(unknown, message) });
  }
  return Object.fromEntries([...given].map(([name, value]) => [name, value ?? ""]));
};

function toErrors(names: string[], message: string): FieldErrors {
  return Object.fromEntries(names.map((name) => [`fields.${name}`, [message]]));
}
