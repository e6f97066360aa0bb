"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import type { KeysText } from "#components/keys/keys-text";
import { setKeyActive } from "#components/keys/set-key-active";
import type { ToastMessage } from "#components/ui/toast";
import type { ApiKey } from "#lib/keys/schema";

type ToggleKeyProps = { apiKey: ApiKey; text: KeysText; onDone: (message: ToastMessage) => void };

/** Disables or enables a key at once. It asks nothing, because the change can be undone. */
export function ToggleKey({ apiKey, text, onDone }: ToggleKeyProps) {
  const hasBegun = useRef(false);
  const run = useEffectEvent(async () => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    onDone((await setKeyActive(apiKey, text)).message);
  });
  useEffect(() => {
    void run();
  }, []);
  return null;
}
