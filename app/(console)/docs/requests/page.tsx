import type { Metadata } from "next";
import { Facts, Points } from "#components/docs/doc-lists";
import { DocSection } from "#components/docs/doc-section";
import { DocsFrame } from "#components/docs/docs-frame";
import { SeeAlso } from "#components/docs/see-also";
import { SampleList } from "#components/keys/sample-list";
import { Code, WithCode } from "#components/ui/code";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getMessages()).text.docs.requests.title,
});

export default async function DocsRequestsPage() {
  const { docs, samples, copy } = (await getMessages()).text;
  const { publicUrl } = settings();
  const text = docs.requests;
  return (
    <DocsFrame current="requests" text={docs}>
      <DocSection id="header" title={text.header} text={docs}>
        <p>
          <WithCode>{text.headerLead}</WithCode>
        </p>
        <Code>{toRequest(publicUrl, "boring-api-key: boring_xxxxxxxxxxxxx")}</Code>
        <p>
          <WithCode>{text.headerOther}</WithCode>
        </p>
        <Code>Authorization: Api-Key boring_xxxxxxxxxxxxx</Code>
        <Points points={text.headerPoints} />
        <SeeAlso href="/docs/errors#reasons">{docs.errors.reasons}</SeeAlso>
      </DocSection>
      <SampleList publicUrl={publicUrl} text={{ samples, copy }} />
      <DocSection id="scopes" title={text.scopes} text={docs}>
        <p>{text.scopesLead}</p>
        <Facts facts={text.scopesFacts} />
      </DocSection>
      <DocSection id="addresses" title={text.addresses} text={docs}>
        <p>{text.addressesLead}</p>
        <Facts facts={text.addressesFacts} />
      </DocSection>
      <DocSection id="expiry" title={text.expiry} text={docs}>
        <p>{text.expiryLead}</p>
        <Code>X-Api-Key-Expires-At: 2027-01-31T00:00:00Z</Code>
      </DocSection>
      <DocSection id="limits" title={text.limits} text={docs}>
        <p>{text.limitsLead}</p>
        <Facts facts={text.limitsFacts} />
        <p>
          <WithCode>{text.limitsAfter}</WithCode>
        </p>
      </DocSection>
      <DocSection id="again" title={text.again} text={docs}>
        <p>
          <WithCode>{text.againLead}</WithCode>
        </p>
      </DocSection>
    </DocsFrame>
  );
}

function toRequest(publicUrl: string, header: string): string {
  return `POST /v2/posts HTTP/1.1
Host: ${new URL(publicUrl).host}
Content-Type: application/json
${header}

{"post": {"text": "Hello from Boring Console"}}`;
}
