"use client";

import { useState } from "react";
import type { ApiKey } from "#lib/keys/schema";

/** The keys on the page, kept as the server last told them. */
export type KeyList = {
  keys: ApiKey[];
  /** Takes over what the server says about a key; one that was not in the list is the newest. */
  put: (key: ApiKey) => void;
  remove: (key: ApiKey) => void;
  replaceAll: (keys: ApiKey[]) => void;
};

/** Keeps the list of keys, starting with those that came with the page. */
export const useKeyList = (initialKeys: ApiKey[]): KeyList => {
  const [keys, replaceAll] = useState(initialKeys);
  return {
    keys,
    replaceAll,
    put: (changed) =>
      replaceAll((known) =>
        known.some((key) => key.id === changed.id)
          ? known.map((key) => (key.id === changed.id ? changed : key))
          : [changed, ...known],
      ),
    remove: (deleted) => replaceAll((known) => known.filter((key) => key.id !== deleted.id)),
  };
};
