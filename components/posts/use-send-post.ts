"use client";

import { useState } from "react";
import { randomId } from "#components/console/random-id";
import { useInOrganization } from "#components/organizations/organization-scope";
import { type Draft, toPostRequest } from "#components/posts/draft";
import { findAttempt, keepAttempt } from "#components/posts/kept-draft";
import { type Sent, sendPost } from "#components/posts/send-post";

/**
 * Sends drafts. A draft keeps its `Idempotency-Key` while it is saved. Sending it again, after a second press, a lost answer
 * or a reload, leads to the same post.
 */
export const useSendPost = (owner: string) => {
  const path = useInOrganization()("/api/posts");
  const [isBusy, setIsBusy] = useState(false);
  const [attempt, setAttempt] = useState(() => findAttempt(owner));

  const send = async (draft: Draft): Promise<Sent> => {
    const request = toPostRequest(draft);
    const body = JSON.stringify(request);
    const now = attempt.body === body ? attempt : { body, idempotencyKey: randomId() };
    setAttempt(now);
    keepAttempt(owner, now);
    setIsBusy(true);
    const sent = await sendPost(path, request, now.idempotencyKey);
    setIsBusy(false);
    if (sent.post) setAttempt({ body: "", idempotencyKey: "" });
    return sent;
  };

  return { send, isBusy };
};
