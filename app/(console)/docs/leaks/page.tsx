import type { Metadata } from "next";
import { Facts, Steps } from "#components/docs/doc-lists";
import { DocSection } from "#components/docs/doc-section";
import { DocsFrame } from "#components/docs/docs-frame";
import { Code } from "#components/ui/code";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";
import { fill } from "#lib/i18n/schema";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.docs.leaks.title });

const PATTERN = "boring_(?:(?:dev|staging|prod)_)?[0-9A-Za-z]+";

export default async function DocsLeaksPage() {
  const { docs } = (await getMessages()).text;
  const { publicUrl } = settings();
  const text = docs.leaks;
  return (
    <DocsFrame current="leaks" text={docs}>
      <DocSection id="act" title={text.act} text={docs}>
        <Steps steps={text.actSteps} />
      </DocSection>
      <DocSection id="report" title={text.report} text={docs}>
        <p>{text.reportLead}</p>
        <Code>{toReport(publicUrl)}</Code>
        <p>{text.reportAfter}</p>
      </DocSection>
      <DocSection id="scanners" title={text.scanners} text={docs}>
        <p>{text.scannersLead}</p>
        <Code>{PATTERN}</Code>
        <Facts facts={text.scannersFacts.map(([name = "", meaning = ""]) => [name, fill(meaning, { publicUrl })])} />
      </DocSection>
    </DocsFrame>
  );
}

function toReport(publicUrl: string): string {
  return `curl -X POST ${publicUrl}/v2/keys/revoke \\
  -H "Content-Type: application/json" \\
  -d '{"keys": ["boring_xxxxxxxxxxxxx"]}'`;
}
