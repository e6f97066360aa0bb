"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { KeysText } from "#components/keys/keys-text";
import { RotateKeyDialog } from "#components/keys/rotate-key-dialog";
import { Button } from "#components/ui/button";
import type { ApiKey } from "#lib/keys/schema";

/** Opens the dialog that replaces the key. */
export function RotateKeyButton({ apiKey, publicUrl, text }: { apiKey: ApiKey; publicUrl: string; text: KeysText }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    setIsOpen(false);
    router.refresh();
  };
  return (
    <>
      <Button look={apiKey.leaked_at ? "primary" : "plain"} onClick={() => setIsOpen(true)}>
        {apiKey.leaked_at ? text.rotateKey.replace : text.rotateKey.open}
      </Button>
      {isOpen && <RotateKeyDialog apiKey={apiKey} publicUrl={publicUrl} text={text} onClose={close} />}
    </>
  );
}
