import { z } from "zod";
import { MAX_PASTED_LENGTH } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

const LEAK_SOURCES = ["owner", "report", "github"] as const;
export type LeakSource = (typeof LEAK_SOURCES)[number];

const MAX_REPORTED_KEYS = 1000;

/** Body of `POST /v2/keys/revoke`. Each text is a key or contains some. */
export const revokeKeysSchema = z.strictObject({
  keys: z
    .array(z.string().max(MAX_PASTED_LENGTH, { error: rule("text_too_long", { most: MAX_PASTED_LENGTH }) }))
    .min(1, { error: rule("leak_report_size") })
    .max(MAX_REPORTED_KEYS, { error: rule("leak_report_size") }),
});

/** The same answer to every report, whatever its effect. */
export const reportReceivedSchema = z.object({ message: z.string() });

/** The matches that GitHub reports. Members that GitHub may add later are accepted. */
export const githubMatchesSchema = z.array(
  z.object({ token: z.string(), type: z.string(), url: z.string().nullish(), source: z.string().nullish() }),
);

/** The answer to GitHub about each token. */
export const githubLabelsSchema = z.array(
  z.object({
    token_raw: z.string(),
    token_type: z.string(),
    label: z.enum(["true_positive", "false_positive"]),
  }),
);

const momentSchema = z.iso.datetime({ precision: 0 });

/** Who first reported that a key leaked, where it was found, and whether its owner has acknowledged it. */
export const keyLeakSchema = z.object({
  key_id: z.uuid(),
  source: z.enum(LEAK_SOURCES),
  url: z.string().nullable(),
  reported_at: momentSchema,
  acknowledged_at: momentSchema.nullable(),
});
export type KeyLeak = z.infer<typeof keyLeakSchema>;

/** A leaked key that its owner has not acknowledged yet. */
export type OpenLeak = KeyLeak & { key_name: string };
