import { z } from "zod";
import { defineMemberOperation } from "#lib/http/operation";
import {
  apiKeyDetailSchema,
  apiKeyListSchema,
  apiKeySchema,
  deletedKeySchema,
  generatedKeySchema,
  generateKeySchema,
  keyQuerySchema,
  lookUpKeySchema,
  lookUpResultSchema,
  rotateKeySchema,
  updateKeySchema,
} from "#lib/keys/schema";
import { keyLeakSchema } from "#lib/leaks/schema";

const path = "/api/keys/{keyId}";

export const listKeysOperation = defineMemberOperation({
  id: "listKeys",
  act: "organization.read",
  method: "GET",
  path: "/api/keys",
  summary: "The organization's API keys, newest first unless told otherwise",
  query: keyQuerySchema,
  answer: { status: 200, description: "The keys", schema: apiKeyListSchema },
  errors: [],
});

export const exportKeysOperation = defineMemberOperation({
  id: "exportKeys",
  act: "organization.read",
  method: "GET",
  path: "/api/keys.csv",
  summary: "The same keys as a file for spreadsheets",
  page: "/settings",
  query: keyQuerySchema,
  answer: { status: 200, description: "One line a key", mediaType: "text/csv", schema: z.string() },
  errors: [],
});

export const lookUpKeyOperation = defineMemberOperation({
  id: "lookUpKey",
  act: "organization.read",
  method: "POST",
  path: "/api/keys/lookup",
  summary: "Which of the organization's keys a secret belongs to, if any; ten times a minute",
  body: lookUpKeySchema,
  limit: { points: 10, durationSeconds: 60 },
  answer: { status: 200, description: "What is known of the secret", schema: lookUpResultSchema },
  errors: [429],
});

export const generateKeyOperation = defineMemberOperation({
  id: "generateKey",
  act: "keys.generate",
  method: "POST",
  path: "/api/keys",
  summary: "Generate an API key; the answer shows it, the only time",
  body: generateKeySchema,
  isIdempotent: true,
  answer: { status: 201, description: "The key with its secret", schema: generatedKeySchema },
  errors: [409],
});

export const getKeyOperation = defineMemberOperation({
  id: "getKey",
  act: "organization.read",
  method: "GET",
  path,
  summary: "One API key, and how many of its posts still wait",
  answer: { status: 200, description: "The key", schema: apiKeyDetailSchema },
  errors: [404],
});

export const updateKeyOperation = defineMemberOperation({
  id: "updateKey",
  act: "keys.disable",
  method: "PATCH",
  path,
  summary: "Change an API key: name, note, expiry, scopes, addresses, limit; disable or enable it",
  body: updateKeySchema,
  answer: { status: 200, description: "The key as it is now", schema: apiKeySchema },
  errors: [404, 409],
});

export const rotateKeyOperation = defineMemberOperation({
  id: "rotateKey",
  act: "keys.change_own",
  method: "POST",
  path: `${path}/rotate`,
  summary: "Replace an API key; the old one ends after the overlap, the answer shows the new one, the only time",
  body: rotateKeySchema,
  isBodyOptional: true,
  isIdempotent: true,
  answer: { status: 201, description: "The new key with its secret", schema: generatedKeySchema },
  errors: [404, 409],
});

export const endKeyOperation = defineMemberOperation({
  id: "endKey",
  act: "keys.disable",
  method: "POST",
  path: `${path}/end`,
  summary: "End a replaced API key now instead of at the end of its overlap",
  answer: { status: 200, description: "The key as it is now", schema: apiKeySchema },
  errors: [404, 409],
});

export const deleteKeyOperation = defineMemberOperation({
  id: "deleteKey",
  act: "keys.change_own",
  method: "DELETE",
  path,
  summary:
    "Delete an API key for good; it is dead when the answer arrives. Its waiting posts stay unless told otherwise",
  query: z.object({ cancel_posts: z.enum(["true", "false"]).optional() }),
  answer: { status: 200, description: "The key is deleted", schema: deletedKeySchema },
  errors: [404],
});

const leakPath = "/api/keys/{keyId}/leak";

export const reportOwnKeyOperation = defineMemberOperation({
  id: "reportOwnKey",
  act: "keys.disable",
  method: "POST",
  path: leakPath,
  isRepeatable: true,
  summary: "Say that an API key leaked; it is disabled for good when the answer arrives",
  answer: { status: 200, description: "The leak, as it was first reported", schema: keyLeakSchema },
  errors: [404],
});

export const acknowledgeLeakOperation = defineMemberOperation({
  id: "acknowledgeLeak",
  act: "keys.change_own",
  method: "POST",
  path: `${leakPath}/acknowledge`,
  isRepeatable: true,
  summary: "Say that a leak has been dealt with; the console stops warning of it",
  answer: { status: 200, description: "The leak as it is now", schema: keyLeakSchema },
  errors: [404],
});
