import { randomUUID } from "node:crypto";
import { saveConnection } from "#lib/accounts/save-connection";
import { notes, toConnection } from "#lib/accounts/testing/test-connector";
import type { MemberActor } from "#lib/audit/schema";
import type { Database } from "#lib/db/database";
import { createMember } from "#lib/organizations/testing/test-member";
import { type Author, toAuthor } from "#lib/posts/accept-post";
import { createPost } from "#lib/posts/create-post";
import { listPostDetails } from "#lib/posts/list-posts";

/** A user with an account on the test network, who can be the author of a post. */
export type Owner = Author & { actor: MemberActor; accountId: string };

/** Creates a user who is connected to the test network. */
export const createOwner = async (): Promise<Owner> => {
  const actor = await createMember();
  const { id } = await saveConnection(actor, notes.network, toConnection(randomUUID()));
  const person = { id: actor.userId, name: null, email: "ada@example.com" };
  return { ...toAuthor(actor, person, undefined), actor, accountId: id };
};

/** Accepts a post of these parts, due now or at the given time, and returns its id. Does not publish it. */
export const acceptPost = async (owner: Owner, texts: string[], scheduledAt: Date | null = null): Promise<string> => {
  const [first, ...rest] = texts.map((text) => ({ text, mediaUrls: [], altTexts: [] }));
  if (!first) throw new Error("A post has at least one part.");
  const { accountId } = owner;
  const draft = { accountId, network: undefined, parts: [first, ...rest] as [typeof first], scheduledAt };
  const created = await createPost(owner, draft, undefined);
  if (!("post" in created)) throw new Error("It was there before.");
  return created.post.id;
};

/** The owner's only post, as the console shows it. */
export const readPost = async ({ organizationId }: Owner) => {
  const { posts } = await listPostDetails(organizationId, {}, { skip: 0, take: 1 });
  if (!posts[0]) throw new Error("There is no post.");
  return posts[0];
};

/** Makes the post due, as if time had passed: for its next retry, or because a dead worker's lease has expired. */
export const letTimePass = async (db: Database, postId: string, secondsLate = 0): Promise<void> => {
  await db.prisma.$executeRaw`
    UPDATE posts SET wake_at = now() - make_interval(secs => ${secondsLate}) WHERE id = ${postId}::uuid AND wake_at IS NOT NULL`;
};
