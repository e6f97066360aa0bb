import { ApiError, type FieldErrors } from "#lib/errors";
import type { ConnectField } from "#lib/networks/schema";
import { askToRemove, cleanAddress, findInvisible, trimPasted, withoutInvisible } from "#lib/pasted/schema";
import { type Problem, say } from "#lib/problems/problem";

/** What a user gave to connect, as they see it, with presets where nothing was given. Throws a 400 naming each field that is wrong. */
export const readGiven = (
  connectFields: readonly ConnectField[],
  fields: Record<string, string>,
): Record<string, string> => {
  const given = new Map(connectFields.map((field) => [field.name, clean(field, fields[field.name]) || field.preset]));
  const missing = [...given.keys()].filter((name) => given.get(name) === undefined);
  if (missing.length > 0) {
    throw new ApiError("MissingParameter", say("field_missing", { path: `fields.${missing[0]}` }), {
      fields: toErrors(missing, say("field_required")),
    });
  }
  const unknown = Object.keys(fields).filter((name) => !given.has(name));
  if (unknown.length > 0) {
    const problem = say("field_unknown");
    throw new ApiError("InvalidRequest", problem, { at: `fields.${unknown[0]}`, fields: toErrors(unknown, problem) });
  }
  const blurred = connectFields.find(({ name, kind }) => kind !== "secret" && findInvisible(given.get(name) ?? ""));
  if (blurred) {
    const problem = askToRemove(given.get(blurred.name) ?? "");
    throw new ApiError("InvalidRequest", problem, { fields: toErrors([blurred.name], problem) });
  }
  return Object.fromEntries([...given].map(([name, value]) => [name, value ?? ""]));
};

// Of a password nothing is known but that nobody sees what is around it.
function clean({ kind }: ConnectField, text = ""): string {
  if (kind === "secret") return trimPasted(text);
  return kind === "url" ? cleanAddress(text) : withoutInvisible(text);
}

function toErrors(names: string[], problem: Problem): FieldErrors {
  return Object.fromEntries(names.map((name) => [`fields.${name}`, [problem]]));
}
