import { z } from "zod";
import { fetchJson } from "#lib/networks/mastodon/call-api";
import { findAccountServer, type Named, readNamed, toServerUrl } from "#lib/networks/mastodon/find-account-server";
import { ConnectError } from "#lib/networks/network-error";
import type { Capabilities } from "#lib/networks/schema";
import { OutboundError } from "#lib/outbound/outbound-error";
import { toTarget } from "#lib/outbound/to-target";
import { say } from "#lib/problems/problem";

const NO_SERVER = say("instance_unnamed");
const OTHER_KIND = say("instance_other_kind");

/** Finds the server that a user names, or the server of the account that they name. Throws `ConnectError`. */
export const findInstance = async (given: string): Promise<Instance> => {
  const named = readNamed(given);
  if (!named) throw new ConnectError("instance", NO_SERVER);
  const origin = toServerUrl(named.address);
  return findAt(origin, named).catch((thrown) => {
    // A host that the operator allows may be on a local network, where there are no certificates.
    const isPlain = !named.address.includes("://") && toTarget(origin).isTrusted && isWithoutTls(thrown);
    if (isPlain) return findAt(origin.replace("https:", "http:"), named);
    throw thrown;
  });
};

function isWithoutTls(thrown: unknown): boolean {
  return thrown instanceof ConnectError && thrown.cause instanceof OutboundError && thrown.cause.code === "TlsFailed";
}

async function findAt(origin: string, { account }: Named): Promise<Instance> {
  const server = account && (await findAccountServer(origin, account));
  const home = server ? toServerUrl(server) : origin;
  const found = (await read(home)) ?? (home === origin ? undefined : await read(origin));
  if (found) return { ...found, serverUrl: toServerUrl(found.serverUrl) };
  throw new ConnectError("instance", OTHER_KIND);
}

async function read(serverUrl: string): Promise<Instance | undefined> {
  return readInstance(serverUrl).catch((cause) => {
    if (!(cause instanceof OutboundError)) throw cause;
    throw new ConnectError("instance", say("instance_away"), { cause });
  });
}

const MEDIA_TYPES = [
  "image/jpeg",
  "image/png",
  "image/gif",
  "image/webp",
  "video/mp4",
  "video/quicktime",
  "video/webm",
];

/** The limits of a server with default settings. */
export const usualCapabilities: Capabilities = {
  text_limit: 500,
  text_unit: "graphemes",
  text_limit_with_media: null,
  text_bytes: null,
  link_length: 23,
  title_limit: null,
  media_required: false,
  images: 4,
  image_bytes: 16_777_216,
  image_pixels: 33_177_600,
  moving_types: ["image/gif"],
  video: true,
  mixed_media: false,
  video_bytes: 103_809_024,
  media_types: MEDIA_TYPES,
  alt_text_limit: 1500,
  thread_parts: 25,
};

const limit = z.int().positive().optional().catch(undefined);
const linkLength = z.int().positive().max(1000).optional().catch(undefined);

const instanceSchema = z
  .object({
    domain: z.string().optional(),
    uri: z.string().optional(),
    max_toot_chars: limit,
    configuration: z
      .object({
        statuses: z
          .object({ max_characters: limit, max_media_attachments: limit, characters_reserved_per_url: linkLength })
          .optional(),
        media_attachments: z
          .object({
            supported_mime_types: z.array(z.string()).optional(),
            image_size_limit: limit,
            image_matrix_limit: limit,
            video_size_limit: limit,
            description_limit: limit,
          })
          .optional(),
      })
      .optional(),
  })
  .refine(({ domain, uri }) => domain ?? uri, "It has no name.");

/** A server's own description: its actual address, the domain in its user names, and its limits. */
export type Instance = { serverUrl: string; domain: string; capabilities: Capabilities };

/** Reads a server's description. Returns undefined when it does not speak this protocol. Throws `OutboundError`. */
export const readInstance = async (serverUrl: string): Promise<Instance | undefined> => {
  const answer = await fetchJson(`${serverUrl}/api/v2/instance`);
  const known = answer.status === 200 ? answer : await fetchJson(`${serverUrl}/api/v1/instance`);
  const parsed = instanceSchema.safeParse(known.json);
  if (!parsed.success) return undefined;
  const { origin, host } = new URL(known.url);
  const { domain, uri } = parsed.data;
  const name = (domain ?? uri ?? "").replace(/^https?:\/\//, "");
  return {
    serverUrl: origin,
    domain: /^[\p{L}\p{N}.:-]{1,253}$/u.test(name) ? name : host,
    capabilities: toCapabilities(parsed.data),
  };
};

function toCapabilities({ configuration, max_toot_chars }: z.infer<typeof instanceSchema>): Capabilities {
  const { statuses, media_attachments: media } = configuration ?? {};
  const types = MEDIA_TYPES.filter((type) => media?.supported_mime_types?.includes(type) ?? true);
  return {
    ...usualCapabilities,
    text_limit: statuses?.max_characters ?? max_toot_chars ?? usualCapabilities.text_limit,
    link_length: statuses?.characters_reserved_per_url ?? usualCapabilities.link_length,
    images: statuses?.max_media_attachments ?? usualCapabilities.images,
    image_bytes: media?.image_size_limit ?? usualCapabilities.image_bytes,
    image_pixels: media?.image_matrix_limit ?? usualCapabilities.image_pixels,
    video: types.some((type) => type.startsWith("video/")),
    video_bytes: media?.video_size_limit ?? usualCapabilities.video_bytes,
    media_types: types,
    alt_text_limit: media?.description_limit ?? usualCapabilities.alt_text_limit,
  };
}
