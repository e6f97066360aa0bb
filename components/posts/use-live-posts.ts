"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type Answer, callApi, type Problem } from "#components/console/call-api";
import { holdFocus } from "#components/ui/hold-focus";
import type { PostDetail } from "#lib/posts/schema";

export type PostList = { count: number; posts: PostDetail[] };

const BUSY_MILLISECONDS = 2000;
const QUIET_MILLISECONDS = 15_000;
const SOON_MILLISECONDS = 30_000;

/**
 * Polls the posts at an API address while the page is visible, and more often while one of them is being published.
 * `changed` holds the posts whose state changed in the last update.
 */
export const useLivePosts = (initial: PostList, path: string) => {
  const [shown, setShown] = useState(path);
  const [list, setList] = useState(initial);
  const [changed, setChanged] = useState<PostDetail[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const known = useRef(initial);
  const asked = useRef(0);
  const lookNow = useRef(() => {});

  // The server has rendered another filter or page.
  if (shown !== path) {
    setShown(path);
    setList(initial);
    setChanged([]);
    setProblem(undefined);
  }
  const restart = useEffectEvent(() => {
    asked.current++;
    known.current = initial;
  });

  const look = useEffectEvent(async (path: string) => {
    const turn = ++asked.current;
    const answer = await callApi<{ count: number; results: PostDetail[] }>("GET", path);
    // A later request has newer data.
    if (turn !== asked.current) return;
    const found = toList(answer);
    const returnFocus = holdFocus();
    flushSync(() => {
      setProblem(found ? undefined : answer.problem);
      if (!found) return;
      const moved = findChanged(known.current, found);
      if (moved.length > 0) setChanged(moved);
      known.current = found;
      setList(found);
    });
    returnFocus();
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    restart();
    const run = async () => {
      clearTimeout(timer);
      if (document.hidden) return;
      await look(path);
      plan();
    };
    const plan = () => {
      clearTimeout(timer);
      if (isOver) return;
      timer = setTimeout(() => void run(), isMoving(known.current) ? BUSY_MILLISECONDS : QUIET_MILLISECONDS);
    };
    lookNow.current = () => void run();
    document.addEventListener("visibilitychange", lookNow.current);
    const forget = lookNow.current;
    plan();
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", forget);
    };
  }, [path]);

  return { list, changed, problem, refresh: () => lookNow.current() };
};

function toList({ data, problem }: Answer<{ count: number; results: PostDetail[] }>): PostList | undefined {
  if (data) return { count: data.count, posts: data.results };
  // The last post on this page may no longer match the filter.
  return problem.kind === "refused" && problem.status === 404 ? { count: 0, posts: [] } : undefined;
}

function findChanged(before: PostList, { posts }: PostList): PostDetail[] {
  const states = new Map(before.posts.map(({ id, status }) => [id, status]));
  return posts.filter(({ id, status }) => states.has(id) && states.get(id) !== status);
}

function isMoving({ posts }: PostList): boolean {
  const soon = Date.now() + SOON_MILLISECONDS;
  return posts.some(
    ({ status, scheduled_at: at }) =>
      status === "queued" || status === "publishing" || (status === "scheduled" && Date.parse(at ?? "") < soon),
  );
}
