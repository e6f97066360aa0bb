import { defineOperation } from "#lib/http/operation";
import { keyLeakSchema } from "#lib/leaks/schema";

const path = "/api/keys/{keyId}/leak";

export const reportOwnKeyOperation = defineOperation({
  id: "reportOwnKey",
  method: "POST",
  path,
  isRepeatable: true,
  summary: "Say that an API key leaked; it is disabled for good when the answer arrives",
  answer: { status: 200, description: "The leak, as it was first reported", schema: keyLeakSchema },
  errors: [404],
});

export const acknowledgeLeakOperation = defineOperation({
  id: "acknowledgeLeak",
  method: "POST",
  path: `${path}/acknowledge`,
  isRepeatable: true,
  summary: "Say that a leak has been dealt with; the console stops warning of it",
  answer: { status: 200, description: "The leak as it is now", schema: keyLeakSchema },
  errors: [404],
});
