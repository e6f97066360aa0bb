import { readAddress } from "#lib/http/limit-failures";
import { defineOperation } from "#lib/http/operation";
import { verifyGithubSignature } from "#lib/leaks/read-github-keys";
import { githubLabelsSchema, githubMatchesSchema, reportReceivedSchema, revokeKeysSchema } from "#lib/leaks/schema";

export const revokeKeysOperation = defineOperation({
  id: "revokeKeys",
  method: "POST",
  path: "/v2/keys/revoke",
  summary: "Report keys that you found; those of this installation are disabled when the answer arrives",
  isOpen: true,
  limit: { points: 10, durationSeconds: 60 },
  body: revokeKeysSchema,
  answer: {
    status: 202,
    description: "The report was received; the answer is always this",
    schema: reportReceivedSchema,
  },
  errors: [],
});

export const reportGithubMatchesOperation = defineOperation({
  id: "reportGithubMatches",
  method: "POST",
  path: "/v2/secret-scanning/github",
  summary: "For GitHub's secret scanning: keys that it found, signed by it; ours are disabled when the answer arrives",
  isOpen: true,
  // Enough for ten thousand tokens, each with its location. A caller without a signature is refused earlier.
  maxValues: 100_000,
  inspectBytes: (bytes, headers) =>
    verifyGithubSignature(bytes, {
      keyIdentifier: headers.get("github-public-key-identifier"),
      signature: headers.get("github-public-key-signature"),
      address: readAddress(headers),
    }),
  body: githubMatchesSchema,
  answer: { status: 200, description: "Which of the tokens are keys of this installation", schema: githubLabelsSchema },
  errors: [401, 429],
});
