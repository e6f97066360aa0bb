import { publishPost } from "#lib/publishing/publish-post";

const MAX_AT_ONCE = 20;

// Next compiles its own copy of this module; the process is one.
const shared = globalThis as { boringPublishing?: Map<string, Promise<void>> };

/**
 * Sees to a post in this process without waiting for its job. Undefined when it has enough to do: then the job
 * finds somebody.
 */
export const publishNow = (postId: string): Promise<void> | undefined => {
  const underWay = listUnderWay();
  const already = underWay.get(postId);
  if (already) return already;
  if (underWay.size >= MAX_AT_ONCE) return undefined;
  const work = publishPost(postId).finally(() => underWay.delete(postId));
  underWay.set(postId, work);
  return work;
};

/** Resolves when nothing is being published in this process any more. */
export const finishPublishing = async (): Promise<void> => {
  await Promise.all(listUnderWay().values());
};

function listUnderWay(): Map<string, Promise<void>> {
  shared.boringPublishing ??= new Map();
  return shared.boringPublishing;
}
