import { type KeyObject, verify } from "node:crypto";
import { ApiError } from "#lib/errors";
import { findKeptGithubKeys, readGithubKeys } from "#lib/leaks/read-github-keys";
import { consumeAttempt } from "#lib/limits/consume-attempt";
import { type Problem, say } from "#lib/problems/problem";

type Claim = {
  keyIdentifier: string | null;
  signature: string | null;
  /** Where the request came from. */
  address: string;
};

const READING_LIMIT = { points: 10, durationSeconds: 60 };

/**
 * Throws 401 unless the bytes were signed (ECDSA on P-256 with SHA-256) by the key of GitHub's that the caller names.
 * A key that is not known yet is looked for where GitHub publishes its keys, as often as one address may make us look.
 */
export const verifyGithubSignature = async (bytes: Uint8Array, claim: Claim): Promise<void> => {
  const { keyIdentifier, signature } = claim;
  if (!keyIdentifier || !signature) {
    throw refusal(say("github_unsigned"));
  }
  const key = findKeptGithubKeys()?.get(keyIdentifier) ?? (await readKey(keyIdentifier, claim.address));
  if (!key) throw refusal(say("github_key_unknown"));
  if (!verify("sha256", bytes, key, Buffer.from(signature, "base64"))) {
    throw refusal(say("github_signature_wrong"));
  }
};

async function readKey(keyIdentifier: string, address: string): Promise<KeyObject | undefined> {
  const attempt = await consumeAttempt("read-github-keys", address, READING_LIMIT);
  if (attempt.isAllowed) return (await readGithubKeys()).get(keyIdentifier);
  throw new ApiError("RateLimitExceeded", say("github_keys_many"), {
    headers: { "Retry-After": String(attempt.retryAfterSeconds) },
  });
}

function refusal(problem: Problem): ApiError {
  return new ApiError("Unauthorized", problem);
}
