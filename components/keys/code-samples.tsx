"use client";

import { CodeSample, type SamplesText } from "#components/keys/code-sample";
import { toCodeSamples } from "#components/keys/to-code-samples";
import { Tabs } from "#components/ui/tabs";
import { fill } from "#lib/i18n/schema";

type CodeSamplesProps = {
  publicUrl: string;
  /** Written into the code. Without it, the code reads the environment variable. */
  secret?: string | undefined;
  text: SamplesText;
  onCopied?: () => void;
};

/** The four ways to send a post, with this installation's address, in tabs. */
export function CodeSamples({ publicUrl, secret, text, onCopied }: CodeSamplesProps) {
  const firstTry = (code: string) => fill(text.samples.firstTry, { code });
  const tabs = toCodeSamples({ publicUrl, secret, firstTry }).map(({ name, code }) => ({
    name,
    content: <CodeSample key={name} code={code} text={text} onCopied={onCopied} />,
  }));
  return <Tabs label={text.samples.label} tabs={tabs} />;
}
