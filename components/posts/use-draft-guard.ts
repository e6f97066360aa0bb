"use client";

import { useEffect } from "react";

/** While unsaved text exists only here, the browser asks before the page is left. */
export const useDraftGuard = (isWritten: boolean): void => {
  useEffect(() => {
    if (!isWritten) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isWritten]);
};
