import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and for the first render in the browser, true afterwards: from then on the browser may be asked. */
export const useIsHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
