import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { consumeAttempt } from "#lib/limits/consume-attempt";
import { userAgent } from "#lib/outbound/fetch-outside";
import { type Problem, say } from "#lib/problems/problem";

const KEPT_MILLISECONDS = 3_600_000;
const PATIENCE_MILLISECONDS = 5000;
const RETRY_AFTER_SECONDS = 30;
const CURVE = "prime256v1";

const publishedSchema = z.object({
  public_keys: z.array(z.object({ key_identifier: z.string(), key: z.string() })),
});

type Keys = Map<string, KeyObject>;
type Kept = { keys: Keys; readAt: number };

/** The keys that were read last, and the read under way. */
export const githubKeys: { kept: Kept | undefined; reading: Promise<Keys> | undefined } = {
  kept: undefined,
  reading: undefined,
};

/** GitHub's public signing keys by their identifiers, if they were read within the last hour. */
const findKeptGithubKeys = (): Keys | undefined => {
  const { kept } = githubKeys;
  return kept && Date.now() - kept.readAt < KEPT_MILLISECONDS ? kept.keys : undefined;
};

/** Reads the keys that GitHub publishes, and caches them. Concurrent calls share one read. */
const readGithubKeys = (): Promise<Keys> => {
  githubKeys.reading ??= read().finally(() => {
    githubKeys.reading = undefined;
  });
  return githubKeys.reading;
};

async function read(): Promise<Keys> {
  const { githubSecretScanningKeys: place } = settings();
  try {
    const { public_keys } = publishedSchema.parse(JSON.parse(await readText(place)));
    const published = public_keys.map(({ key_identifier, key }) => [key_identifier, createPublicKey(key)] as const);
    const keys = new Map(published.filter(([, key]) => key.asymmetricKeyDetails?.namedCurve === CURVE));
    githubKeys.kept = { keys, readAt: Date.now() };
    return keys;
  } catch (cause) {
    const message = say("github_keys_away");
    throw new ApiError("ServiceUnavailable", message, { headers: { "Retry-After": `${RETRY_AFTER_SECONDS}` }, cause });
  }
}

async function readText(place: string): Promise<string> {
  if (!/^https?:/.test(place)) return readFile(place, "utf8");
  const response = await fetch(place, {
    headers: { Accept: "application/json", "User-Agent": userAgent() },
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
  });
  if (!response.ok) throw new Error(`${place} answered ${response.status}`);
  return response.text();
}

type Claim = {
  keyIdentifier: string | null;
  signature: string | null;
  /** Where the request came from. */
  address: string;
};

const READING_LIMIT = { points: 10, durationSeconds: 60 };

/**
 * Throws 401 unless the bytes carry a valid signature (ECDSA on P-256 with SHA-256) by the GitHub key that the caller names.
 * An unknown key is fetched from GitHub, as often as one address may cause that.
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
