"use client";

import { useEffect, useEffectEvent } from "react";

/**
 * While armed, the way back asks instead of leaving, also where browsers let nobody else ask: on iOS, a swipe is enough
 * and `beforeunload` does not exist. The page stands twice in the history, so that going back stays on it.
 */
export const useBackGuard = (isArmed: boolean, onBack: () => void): void => {
  const ask = useEffectEvent(onBack);
  useEffect(() => {
    if (!isArmed) return;
    let isStanding = false;
    const stand = () => {
      history.pushState(history.state, "");
      isStanding = true;
    };
    const onPopState = (event: PopStateEvent) => {
      if (!isStanding) return;
      // The router would render the page anew, and the secret is nowhere else.
      event.stopImmediatePropagation();
      stand();
      ask();
    };
    const onPageHide = () => {
      isStanding = false;
    };
    // Not at once: what React mounts twice while it is developed would stand twice.
    const timer = setTimeout(stand);
    addEventListener("popstate", onPopState, true);
    addEventListener("pagehide", onPageHide, true);
    return () => {
      clearTimeout(timer);
      removeEventListener("popstate", onPopState, true);
      removeEventListener("pagehide", onPageHide, true);
      if (isStanding) stepBack();
    };
  }, [isArmed]);
};

function stepBack(): void {
  const onPopState = (event: PopStateEvent) => event.stopImmediatePropagation();
  addEventListener("popstate", onPopState, { capture: true, once: true });
  history.back();
}
