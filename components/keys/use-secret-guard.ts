"use client";

import { useEffect, useEffectEvent } from "react";
import { flushSync } from "react-dom";
import { useBackGuard } from "#components/keys/use-back-guard";

/**
 * While the secret is not saved, the browser asks before the page is left, and `onLeave` is called before it goes back.
 * `onGone` then removes the secret, so that the browser's back-forward cache never stores it.
 */
export const useSecretGuard = (isSaved: boolean, onLeave: () => void, onGone: () => void): void => {
  useBackGuard(!isSaved, onLeave);
  useEffect(() => {
    if (isSaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isSaved]);

  const forget = useEffectEvent(() => flushSync(onGone));
  useEffect(() => {
    const onPageHide = () => forget();
    window.addEventListener("pagehide", onPageHide);
    return () => window.removeEventListener("pagehide", onPageHide);
  }, []);
};
