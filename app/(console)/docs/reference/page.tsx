import type { Metadata } from "next";
import { ApiReference } from "#components/docs/api-reference";
import { DocsFrame } from "#components/docs/docs-frame";
import { SeeAlso } from "#components/docs/see-also";
import { WithCode } from "#components/ui/code";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getMessages()).text.docs.reference.title,
});

export default async function DocsReferencePage() {
  const { docs } = (await getMessages()).text;
  const { loading, failed, ...text } = docs.reference;
  return (
    <DocsFrame current="reference" text={docs}>
      <div className="mb-8 max-w-2xl">
        <p>
          <WithCode>{`${text.who} ${text.tryIt}`}</WithCode>
        </p>
        <SeeAlso href="/docs/requests#samples">{text.samples}</SeeAlso>
        <SeeAlso href="/openapi.json">{text.document}</SeeAlso>
      </div>
      <ApiReference text={{ loading, failed }} />
    </DocsFrame>
  );
}
