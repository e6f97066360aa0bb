"use client";

import { useState } from "react";
import { randomId } from "#components/console/random-id";
import { type Draft, toPostRequest } from "#components/posts/draft";
import { findAttempt, keepAttempt } from "#components/posts/kept-draft";
import { type Sent, sendPost } from "#components/posts/send-post";

/**
 * Sends drafts. The same draft sent again, by a second press, after its answer was lost or after the page was, is the
 * same post: an `Idempotency-Key` belongs to it for as long as it is kept.
 */
export const useSendPost = (userId: string) => {
  const [isBusy, setIsBusy] = useState(false);
  const [attempt, setAttempt] = useState(() => findAttempt(userId));

  const send = async (draft: Draft): Promise<Sent> => {
    const request = toPostRequest(draft);
    const body = JSON.stringify(request);
    const now = attempt.body === body ? attempt : { body, idempotencyKey: randomId() };
    setAttempt(now);
    keepAttempt(userId, now);
    setIsBusy(true);
    const sent = await sendPost(request, now.idempotencyKey);
    setIsBusy(false);
    if (sent.post) setAttempt({ body: "", idempotencyKey: "" });
    return sent;
  };

  return { send, isBusy };
};
