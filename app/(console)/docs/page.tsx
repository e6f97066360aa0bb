import type { Metadata } from "next";
import { Facts, Points, Steps } from "#components/docs/doc-lists";
import { DocSection } from "#components/docs/doc-section";
import { DocsFrame } from "#components/docs/docs-frame";
import { Purposes } from "#components/docs/purposes";
import { SeeAlso } from "#components/docs/see-also";
import { Notice } from "#components/ui/notice";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => {
  const { docs } = (await getMessages()).text;
  return { title: `${docs.overview.title} · ${docs.name}` };
};

export default async function DocsOverviewPage() {
  const { docs } = (await getMessages()).text;
  const text = docs.overview;
  return (
    <DocsFrame current="overview" text={docs}>
      <DocSection id="what" title={text.what} text={docs}>
        <p>{text.whatLead}</p>
        <Points points={text.whatPoints} />
      </DocSection>
      <DocSection id="format" title={text.format} text={docs}>
        <Facts facts={text.formatFacts} />
      </DocSection>
      <DocSection id="generate" title={text.generate} text={docs}>
        <Steps steps={text.generateSteps} />
        <SeeAlso href="/docs/requests">{docs.requests.title}</SeeAlso>
      </DocSection>
      <DocSection id="carry" title={text.carry} text={docs}>
        <p>{text.carryLead}</p>
        <Facts facts={text.carryFacts} />
        <SeeAlso href="/docs/safety#narrow">{docs.safety.narrow}</SeeAlso>
      </DocSection>
      <DocSection id="list" title={text.list} text={docs}>
        <p>{text.listLead}</p>
      </DocSection>
      <DocSection id="last-used" title={text.lastUsed} text={docs}>
        <Points points={text.lastUsedPoints} />
      </DocSection>
      <DocSection id="rotate" title={text.rotate} text={docs}>
        <p>{text.rotateLead}</p>
        <Steps steps={text.rotateSteps} />
        <p>{text.rotateRule}</p>
      </DocSection>
      <DocSection id="end" title={text.end} text={docs}>
        <p>{text.endLead}</p>
        <Steps steps={text.endSteps} />
        <Notice look="warn">{text.endWarning}</Notice>
      </DocSection>
      <DocSection id="several" title={text.several} text={docs}>
        <p>{text.severalLead}</p>
        <Purposes text={text} />
        <Points points={text.severalPoints} />
      </DocSection>
    </DocsFrame>
  );
}
