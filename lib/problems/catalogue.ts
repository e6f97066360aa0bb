import { ACCOUNT_PROBLEMS } from "#lib/problems/account-problems";
import { ADDRESS_PROBLEMS } from "#lib/problems/address-problems";
import { BLUESKY_PROBLEMS } from "#lib/problems/bluesky-problems";
import { DRAFT_PROBLEMS } from "#lib/problems/draft-problems";
import { FIELD_PROBLEMS } from "#lib/problems/field-problems";
import { KEY_PROBLEMS, LEAK_PROBLEMS } from "#lib/problems/key-problems";
import { LINKEDIN_PROBLEMS } from "#lib/problems/linkedin-problems";
import { MASTODON_PROBLEMS } from "#lib/problems/mastodon-problems";
import { MEDIA_PROBLEMS } from "#lib/problems/media-problems";
import { INVITATION_PROBLEMS, ORGANIZATION_PROBLEMS } from "#lib/problems/organization-problems";
import { POST_PROBLEMS } from "#lib/problems/post-problems";
import { REQUEST_PROBLEMS } from "#lib/problems/request-problems";
import type { Sentences } from "#lib/problems/sentences";
import { SERVER_PROBLEMS } from "#lib/problems/server-problems";
import { RECEIVER_PROBLEMS, WEBHOOK_PROBLEMS } from "#lib/problems/webhook-problems";

/** Every problem by its code, in every language. */
export const CATALOGUE = {
  ...ACCOUNT_PROBLEMS,
  ...ADDRESS_PROBLEMS,
  ...BLUESKY_PROBLEMS,
  ...DRAFT_PROBLEMS,
  ...FIELD_PROBLEMS,
  ...INVITATION_PROBLEMS,
  ...KEY_PROBLEMS,
  ...LEAK_PROBLEMS,
  ...LINKEDIN_PROBLEMS,
  ...MASTODON_PROBLEMS,
  ...MEDIA_PROBLEMS,
  ...ORGANIZATION_PROBLEMS,
  ...POST_PROBLEMS,
  ...RECEIVER_PROBLEMS,
  ...REQUEST_PROBLEMS,
  ...SERVER_PROBLEMS,
  ...WEBHOOK_PROBLEMS,
} as const satisfies Record<string, Sentences>;
