"use client";

import { useState } from "react";
import { callApi } from "#components/console/call-api";
import type { ApiKey } from "#lib/keys/schema";

/** The keys on the page, kept as the server last told them. */
export const useKeyList = (initialKeys: ApiKey[]) => {
  const [keys, setKeys] = useState(initialKeys);

  /** Takes over what the server says about a key; one that was not in the list is the newest. */
  const put = (changed: ApiKey) =>
    setKeys((known) =>
      known.some((key) => key.id === changed.id)
        ? known.map((key) => (key.id === changed.id ? changed : key))
        : [changed, ...known],
    );

  const remove = (deleted: ApiKey) => setKeys((known) => known.filter((key) => key.id !== deleted.id));

  const reload = async () => {
    const { data } = await callApi<{ keys: ApiKey[] }>("GET", "/api/keys");
    if (data) setKeys(data.keys);
  };

  return { keys, put, remove, reload };
};
