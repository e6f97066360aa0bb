import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and during the first render in the browser, true afterwards. Only then are browser APIs available. */
export const useIsHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
