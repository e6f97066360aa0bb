import type { Metadata } from "next";
import { Facts, Points } from "#components/docs/doc-lists";
import { DocSection } from "#components/docs/doc-section";
import { DocsFrame } from "#components/docs/docs-frame";
import { LabelledCode } from "#components/docs/labelled-code";
import { SeeAlso } from "#components/docs/see-also";
import { toPostSamples } from "#components/docs/to-post-samples";
import { Code, WithCode } from "#components/ui/code";
import { Notice } from "#components/ui/notice";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getMessages()).text.docs.posts.title });

export default async function DocsPostsPage() {
  const { docs } = (await getMessages()).text;
  const samples = toPostSamples(settings().publicUrl);
  const text = docs.posts;
  return (
    <DocsFrame current="posts" text={docs}>
      <DocSection id="publish" title={text.publish} text={docs}>
        <p>
          <WithCode>{text.publishLead}</WithCode>
        </p>
        <Code>{samples.publish}</Code>
        <LabelledCode label={text.answer}>{samples.answer}</LabelledCode>
        <p>
          <WithCode>{text.publishAfter}</WithCode>
        </p>
        <Code>{samples.accounts}</Code>
      </DocSection>
      <DocSection id="thread" title={text.thread} text={docs}>
        <p>
          <WithCode>{text.threadLead}</WithCode>
        </p>
        <Code>{samples.thread}</Code>
      </DocSection>
      <DocSection id="media" title={text.media} text={docs}>
        <p>
          <WithCode>{text.mediaLead}</WithCode>
        </p>
        <Code>{samples.media}</Code>
        <Points points={text.mediaPoints} />
      </DocSection>
      <DocSection id="schedule" title={text.schedule} text={docs}>
        <p>
          <WithCode>{text.scheduleLead}</WithCode>
        </p>
        <Code>{samples.schedule}</Code>
        <Points points={text.schedulePoints} />
      </DocSection>
      <DocSection id="wait" title={text.wait} text={docs}>
        <p>
          <WithCode>{text.waitLead}</WithCode>
        </p>
        <Facts facts={text.waitFacts} />
        <p>{text.waitAfter}</p>
        <Code>{samples.follow}</Code>
      </DocSection>
      <DocSection id="states" title={text.states} text={docs}>
        <Facts facts={text.statesFacts} />
      </DocSection>
      <DocSection id="change" title={text.change} text={docs}>
        <p>
          <WithCode>{text.changeLead}</WithCode>
        </p>
        <Code>{samples.cancel}</Code>
        <p>
          <WithCode>{text.retryLead}</WithCode>
        </p>
        <Code>{samples.retry}</Code>
        <p>
          <WithCode>{text.forceLead}</WithCode>
        </p>
        <Code>{samples.force}</Code>
        <Notice look="warn">{text.forceWarning}</Notice>
      </DocSection>
      <DocSection id="once" title={text.once} text={docs}>
        <Points points={text.oncePoints} />
        <SeeAlso href="/docs/requests#again">{docs.requests.again}</SeeAlso>
      </DocSection>
      <DocSection id="errors" title={text.errors} text={docs}>
        <p>
          <WithCode>{text.errorsLead}</WithCode>
        </p>
        <Facts facts={text.errorsFacts} />
        <SeeAlso href="/docs/errors">{docs.errors.title}</SeeAlso>
      </DocSection>
    </DocsFrame>
  );
}
