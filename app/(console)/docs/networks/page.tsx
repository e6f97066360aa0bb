import type { Metadata } from "next";
import { Facts, Steps } from "#components/docs/doc-lists";
import { DocSection } from "#components/docs/doc-section";
import { DocsFrame } from "#components/docs/docs-frame";
import { LabelledCode } from "#components/docs/labelled-code";
import { WithCode } from "#components/ui/code";
import { callbackUrl } from "#lib/accounts/save-connection";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getMessages()).text.docs.networks.title,
});

export default async function DocsNetworksPage() {
  const { docs } = (await getMessages()).text;
  const text = docs.networks;
  return (
    <DocsFrame current="networks" text={docs}>
      {Object.entries(text.guides).map(([network, guide]) => (
        <DocSection key={network} id={network} title={guide.title} text={docs}>
          <p>
            <WithCode>{guide.lead}</WithCode>
          </p>
          <Steps steps={guide.steps} />
          <LabelledCode label={text.redirect}>{callbackUrl()}</LabelledCode>
          <Facts facts={guide.facts} />
        </DocSection>
      ))}
    </DocsFrame>
  );
}
