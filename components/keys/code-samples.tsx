"use client";

import { useRef } from "react";
import { type CodeSample, toCodeSamples } from "#components/keys/to-code-samples";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import { Tabs } from "#components/ui/tabs";
import { fill, type Messages } from "#lib/i18n/schema";

export type SamplesText = Pick<Messages, "samples" | "copy">;

type CodeSamplesProps = {
  publicUrl: string;
  /** Written into the code; without it the code reads the environment variable. */
  secret?: string | undefined;
  text: SamplesText;
  onCopied?: () => void;
};

/** The four ways to send a post, with this installation's own address. */
export function CodeSamples({ publicUrl, secret, text, onCopied }: CodeSamplesProps) {
  const firstTry = (code: string) => fill(text.samples.firstTry, { code });
  const tabs = toCodeSamples({ publicUrl, secret, firstTry }).map((sample) => ({
    name: sample.name,
    content: <Sample key={sample.name} sample={sample} text={text} onCopied={onCopied} />,
  }));
  return <Tabs label={text.samples.label} tabs={tabs} />;
}

function Sample({ sample, text, onCopied }: Pick<CodeSamplesProps, "text" | "onCopied"> & { sample: CodeSample }) {
  const code = useRef<HTMLPreElement>(null);
  return (
    <>
      <Code ref={code}>{sample.code}</Code>
      <div className="mt-2">
        <CopyButton label={text.samples.copy} value={sample.code} source={code} text={text.copy} onCopied={onCopied} />
      </div>
    </>
  );
}
