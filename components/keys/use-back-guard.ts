"use client";

import { useEffect, useEffectEvent } from "react";

// history.back() finishes later, and the next guard must not be set up before that.
let lastStep = Promise.resolve();

/**
 * While armed, going back asks instead of leaving. It also works on iOS, where a swipe is enough to go back and
 * `beforeunload` does not exist. The page has a second history entry, so that going back stays on it.
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
      // The router would render the page again, and the secret exists only here.
      event.stopImmediatePropagation();
      stand();
      ask();
    };
    // A visitor who has already left must not be sent back.
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
