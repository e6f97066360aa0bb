"use client";

import { useRef, useState } from "react";
import { randomId } from "#components/console/random-id";
import { type Draft, toPostRequest } from "#components/posts/draft";
import { type Sent, sendPost } from "#components/posts/send-post";

/**
 * Sends drafts. The same draft sent again, by a second press or after its answer was lost, is the same post: an
 * `Idempotency-Key` belongs to it until it is known that there is a post.
 */
export const useSendPost = () => {
  const [isBusy, setIsBusy] = useState(false);
  const attempt = useRef({ body: "", idempotencyKey: "" });

  const send = async (draft: Draft): Promise<Sent> => {
    const request = toPostRequest(draft);
    const body = JSON.stringify(request);
    if (attempt.current.body !== body) attempt.current = { body, idempotencyKey: randomId() };
    setIsBusy(true);
    const sent = await sendPost(request, attempt.current.idempotencyKey);
    setIsBusy(false);
    if (sent.post) attempt.current = { body: "", idempotencyKey: "" };
    return sent;
  };

  return { send, isBusy };
};
