import type { Metadata } from "next";
import { Points } from "#components/docs/doc-lists";
import { DocSection } from "#components/docs/doc-section";
import { DocsFrame } from "#components/docs/docs-frame";
import { LabelledCode } from "#components/docs/labelled-code";
import { SeeAlso } from "#components/docs/see-also";
import { Code, WithCode } from "#components/ui/code";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getMessages()).text.docs.safety.title,
});

const ENVIRONMENTS = `# Development
BORING_API_KEY=boring_dev_xxxxxxxxxxxxx

# Staging
BORING_API_KEY=boring_staging_xxxxxxxxxxxxx

# Production
BORING_API_KEY=boring_prod_xxxxxxxxxxxxx`;

export default async function DocsSafetyPage() {
  const { docs } = (await getMessages()).text;
  const text = docs.safety;
  return (
    <DocsFrame current="safety" text={docs}>
      <DocSection id="environment" title={text.environment} text={docs}>
        <p>{text.environmentLead}</p>
        <LabelledCode label={text.right}>{'import os\n\nAPI_KEY = os.environ.get("BORING_API_KEY")'}</LabelledCode>
        <LabelledCode label={text.wrong}>{'API_KEY = "boring_abc123..."'}</LabelledCode>
      </DocSection>
      <DocSection id="ignore" title={text.ignore} text={docs}>
        <p>
          <WithCode>{text.ignoreLead}</WithCode>
        </p>
        <Code>{"# .gitignore\n.env\n.env.local\n*.env"}</Code>
      </DocSection>
      <DocSection id="rotate" title={text.rotate} text={docs}>
        <Points points={text.rotatePoints} />
        <SeeAlso href="/docs#rotate">{docs.overview.rotate}</SeeAlso>
      </DocSection>
      <DocSection id="separate" title={text.separate} text={docs}>
        <p>{text.separateLead}</p>
        <Code>{ENVIRONMENTS}</Code>
        <SeeAlso href="/docs#several">{docs.overview.several}</SeeAlso>
      </DocSection>
      <DocSection id="narrow" title={text.narrow} text={docs}>
        <Points points={text.narrowPoints} />
        <SeeAlso href="/docs/requests#scopes">{docs.requests.scopes}</SeeAlso>
      </DocSection>
      <DocSection id="watch" title={text.watch} text={docs}>
        <Points points={text.watchPoints} />
        <SeeAlso href="/docs/leaks">{docs.leaks.title}</SeeAlso>
      </DocSection>
    </DocsFrame>
  );
}
