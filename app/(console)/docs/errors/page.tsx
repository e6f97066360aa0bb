import type { Metadata } from "next";
import { Facts, Points } from "#components/docs/doc-lists";
import { DocSection } from "#components/docs/doc-section";
import { DocsFrame } from "#components/docs/docs-frame";
import { SeeAlso } from "#components/docs/see-also";
import { Code, WithCode } from "#components/ui/code";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getMessages()).text.docs.errors.title,
});

const REFUSAL = `{
  "error": "Unauthorized",
  "message": "Invalid or missing API key"
}`;

const REFUSAL_DETAIL = `{
  "detail": "Authentication credentials were not provided."
}`;

export default async function DocsErrorsPage() {
  const { docs } = (await getMessages()).text;
  const text = docs.errors;
  return (
    <DocsFrame current="errors" text={docs}>
      <DocSection id="body" title={text.body} text={docs}>
        <p>
          <WithCode>{text.bodyLead}</WithCode>
        </p>
        <Code>{REFUSAL}</Code>
        <p>
          <WithCode>{text.bodyOther}</WithCode>
        </p>
        <Code>{REFUSAL_DETAIL}</Code>
        <p>
          <WithCode>{text.bodyId}</WithCode>
        </p>
      </DocSection>
      <DocSection id="reasons" title={text.reasons} text={docs}>
        <p>
          <WithCode>{text.reasonsLead}</WithCode>
        </p>
        <Facts facts={text.reasonsFacts} />
      </DocSection>
      <DocSection id="statuses" title={text.statuses} text={docs}>
        <Facts facts={text.statusesFacts} />
      </DocSection>
      <DocSection id="trouble" title={text.trouble} text={docs}>
        <p>
          <WithCode>{text.troubleLead}</WithCode>
        </p>
        <Points points={text.troublePoints} />
      </DocSection>
      <DocSection id="stale" title={text.stale} text={docs}>
        <Points points={text.stalePoints} />
        <SeeAlso href="/docs#last-used">{docs.overview.lastUsed}</SeeAlso>
      </DocSection>
    </DocsFrame>
  );
}
