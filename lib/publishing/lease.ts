/** How long a claim holds without being renewed: so long does a post wait whose worker was killed. */
export const LEASE_SECONDS = 30;

/** How often a worker that is alive renews its claim. */
export const RENEWAL_SECONDS = 10;

/** Another worker has the post now, because this one was silent for too long. Nothing more may be done or written. */
export class ClaimLostError extends Error {
  override name = "ClaimLostError";

  constructor(postId: string) {
    super(`Another worker has taken over post ${postId}.`);
  }
}
