import { z } from "zod";
import { defineOperation } from "#lib/http/operation";
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

export const listKeysOperation = defineOperation({
  id: "listKeys",
  method: "GET",
  path: "/api/keys",
  summary: "The organization's API keys, newest first unless told otherwise",
  query: keyQuerySchema,
  answer: { status: 200, description: "The keys", schema: apiKeyListSchema },
  errors: [],
});

export const exportKeysOperation = defineOperation({
  id: "exportKeys",
  method: "GET",
  path: "/api/keys.csv",
  summary: "The same keys as a file for spreadsheets",
  page: "/settings",
  query: keyQuerySchema,
  answer: { status: 200, description: "One line a key", mediaType: "text/csv", schema: z.string() },
  errors: [],
});

export const lookUpKeyOperation = defineOperation({
  id: "lookUpKey",
  method: "POST",
  path: "/api/keys/lookup",
  summary: "Which of the organization's keys a secret belongs to, if any; ten times a minute",
  body: lookUpKeySchema,
  limit: { points: 10, durationSeconds: 60 },
  answer: { status: 200, description: "What is known of the secret", schema: lookUpResultSchema },
  errors: [429],
});

export const generateKeyOperation = defineOperation({
  id: "generateKey",
  method: "POST",
  path: "/api/keys",
  summary: "Generate an API key; the answer shows it, the only time",
  body: generateKeySchema,
  isIdempotent: true,
  answer: { status: 201, description: "The key with its secret", schema: generatedKeySchema },
  errors: [409],
});

export const getKeyOperation = defineOperation({
  id: "getKey",
  method: "GET",
  path,
  summary: "One API key, and how many of its posts still wait",
  answer: { status: 200, description: "The key", schema: apiKeyDetailSchema },
  errors: [404],
});

export const updateKeyOperation = defineOperation({
  id: "updateKey",
  method: "PATCH",
  path,
  summary: "Change an API key: name, note, expiry, scopes, addresses, limit; disable or enable it",
  body: updateKeySchema,
  answer: { status: 200, description: "The key as it is now", schema: apiKeySchema },
  errors: [404, 409],
});

export const rotateKeyOperation = defineOperation({
  id: "rotateKey",
  method: "POST",
  path: `${path}/rotate`,
  summary: "Replace an API key; the old one ends after the overlap, the answer shows the new one, the only time",
  body: rotateKeySchema,
  isBodyOptional: true,
  isIdempotent: true,
  answer: { status: 201, description: "The new key with its secret", schema: generatedKeySchema },
  errors: [404, 409],
});

export const endKeyOperation = defineOperation({
  id: "endKey",
  method: "POST",
  path: `${path}/end`,
  summary: "End a replaced API key now instead of at the end of its overlap",
  answer: { status: 200, description: "The key as it is now", schema: apiKeySchema },
  errors: [404, 409],
});

export const deleteKeyOperation = defineOperation({
  id: "deleteKey",
  method: "DELETE",
  path,
  summary:
    "Delete an API key for good; it is dead when the answer arrives. Its waiting posts stay unless told otherwise",
  query: z.object({ cancel_posts: z.enum(["true", "false"]).optional() }),
  answer: { status: 200, description: "The key is deleted", schema: deletedKeySchema },
  errors: [404],
});

const leakPath = "/api/keys/{keyId}/leak";

export const reportOwnKeyOperation = defineOperation({
  id: "reportOwnKey",
  method: "POST",
  path: leakPath,
  isRepeatable: true,
  summary: "Say that an API key leaked; it is disabled for good when the answer arrives",
  answer: { status: 200, description: "The leak, as it was first reported", schema: keyLeakSchema },
  errors: [404],
});

export const acknowledgeLeakOperation = defineOperation({
  id: "acknowledgeLeak",
  method: "POST",
  path: `${leakPath}/acknowledge`,
  isRepeatable: true,
  summary: "Say that a leak has been dealt with; the console stops warning of it",
  answer: { status: 200, description: "The leak as it is now", schema: keyLeakSchema },
  errors: [404],
});
