"use client";

import { useEffect, useEffectEvent } from "react";

// A step back is over some time after it is taken, and the next guard must not stand before.
let lastStep = Promise.resolve();

/**
 * While armed, the way back asks instead of leaving, also where browsers let nobody else ask: on iOS, a swipe is enough
 * and `beforeunload` does not exist. The page stands twice in the history, so that going back stays on it.
 */
export const useBackGuard = (isArmed: boolean, onBack: () => void): void => {
  const ask = useEffectEvent(onBack);
  useEffect(() => {
    if (!isArmed) return;
    let isOver = false;
    let isStanding = false;
    const stand = () => {
      if (isOver) return;
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
    // Whoever has left already is not to be sent back.
    const onPageHide = () => {
      isOver = true;
    };
    void lastStep.then(stand);
    addEventListener("popstate", onPopState, true);
    addEventListener("pagehide", onPageHide, true);
    return () => {
      removeEventListener("popstate", onPopState, true);
      removeEventListener("pagehide", onPageHide, true);
      if (isStanding && !isOver) lastStep = stepBack();
      isOver = true;
    };
  }, [isArmed]);
};

function stepBack(): Promise<void> {
  return new Promise((resolve) => {
    const onPopState = (event: PopStateEvent) => {
      event.stopImmediatePropagation();
      resolve();
    };
    addEventListener("popstate", onPopState, { capture: true, once: true });
    history.back();
  });
}
