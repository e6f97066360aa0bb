import { ApiError, type FieldErrors } from "#lib/errors";
import type { ConnectField } from "#lib/networks/schema";
import { askToRemove, cleanAddress, findInvisible, trimPasted, withoutInvisible } from "#lib/pasted/schema";

/** What a user gave to connect, as they see it, with presets where nothing was given. Throws a 400 naming each field that is wrong. */
export const readGiven = (
  connectFields: readonly ConnectField[],
  fields: Record<string, string>,
): Record<string, string> => {
  const given = new Map(connectFields.map((field) => [field.name, clean(field, fields[field.name]) || field.preset]));
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
  const blurred = connectFields.find(({ name, kind }) => kind !== "secret" && findInvisible(given.get(name) ?? ""));
  if (blurred) {
    const message = askToRemove(given.get(blurred.name) ?? "");
    throw new ApiError("InvalidRequest", message, { fields: toErrors([blurred.name], message) });
  }
  return Object.fromEntries([...given].map(([name, value]) => [name, value ?? ""]));
};

// Of a password nothing is known but that nobody sees what is around it.
function clean({ kind }: ConnectField, text = ""): string {
  if (kind === "secret") return trimPasted(text);
  return kind === "url" ? cleanAddress(text) : withoutInvisible(text);
}

function toErrors(names: string[], message: string): FieldErrors {
  return Object.fromEntries(names.map((name) => [`fields.${name}`, [message]]));
}
