"use client";

import { useRef } from "react";
import { type AccountsText, findNetworkText } from "#components/accounts/accounts-text";
import { useSecretGuard } from "#components/keys/use-secret-guard";
import { Button } from "#components/ui/button";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import { Notice } from "#components/ui/notice";

type ShownOnceProps = {
  network: string;
  shown: Record<string, string>;
  /** Whether the user has already tried to leave. */
  isLeaving: boolean;
  text: AccountsText;
  onLeave: () => void;
  onDone: () => void;
};

/** The values of a new connection that are shown only this once. */
export function ShownOnce({ network, shown, isLeaving, text, onLeave, onDone }: ShownOnceProps) {
  useSecretGuard(false, onLeave, onDone);
  const words = text.accounts.connecting;
  return (
    <>
      <p>{words.shownLead}</p>
      {Object.entries(shown).map(([name, value]) => (
        <ShownValue key={name} name={findNetworkText(network, text).shown?.[name] ?? name} value={value} text={text} />
      ))}
      <div role="alert">
        {isLeaving && (
          <Notice look="warn" className="mt-4">
            {words.leaving}
          </Notice>
        )}
      </div>
      <div className="mt-6 flex justify-end">
        <Button look="primary" onClick={onDone}>
          {words.saved}
        </Button>
      </div>
    </>
  );
}

function ShownValue({ name, value, text }: { name: string; value: string; text: AccountsText }) {
  const source = useRef<HTMLPreElement>(null);
  return (
    <div className="mt-4">
      <p className="mb-1.5 font-medium">{name}</p>
      <Code ref={source}>{value}</Code>
      <div className="mt-2">
        <CopyButton label={text.accounts.connecting.copy} value={value} source={source} text={text.copy} />
      </div>
    </div>
  );
}
