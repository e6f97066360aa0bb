"use client";

import { lazy, Suspense } from "react";
import { useKeyActions } from "#components/keys/key-actions-context";
import type { ApiKey } from "#lib/keys/schema";

const RenameKeyForm = lazy(() =>
  import("#components/keys/rename-key-form").then(({ RenameKeyForm }) => ({ default: RenameKeyForm })),
);

/** A key's name, which links to its page and can be renamed in place. */
export function RowName({ apiKey: { id, name } }: { apiKey: ApiKey }) {
  const { renamed } = useKeyActions();
  return (
    <Suspense fallback={<bdi translate="no">{name}</bdi>}>
      {renamed === id ? (
        <RenameKeyForm keyId={id} name={name} />
      ) : (
        <a
          href={`/settings/keys/${id}`}
          className="inline-block font-medium wrap-anywhere text-accent underline underline-offset-4 pointer-coarse:py-2.5"
        >
          <bdi translate="no">{name}</bdi>
        </a>
      )}
    </Suspense>
  );
}
