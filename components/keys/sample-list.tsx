import { CodeSample, type SamplesText } from "#components/keys/code-sample";
import { toCodeSamples } from "#components/keys/to-code-samples";
import { Disclosure } from "#components/ui/disclosure";

/** The four ways to send a post with a key from the environment. */
export function SampleList({ publicUrl, text }: { publicUrl: string; text: SamplesText }) {
  return (
    <section aria-labelledby="samples" className="mt-10">
      <h2 id="samples" className="text-head font-semibold">
        {text.samples.title}
      </h2>
      <p className="mb-3 text-muted">{text.samples.lead}</p>
      <div className="divide-y divide-line rounded-card border border-line bg-surface">
        {toCodeSamples({ publicUrl, firstTry: () => "" }).map(({ name, code }) => (
          <Disclosure key={name} title={name}>
            <CodeSample code={code} text={text} />
          </Disclosure>
        ))}
      </div>
    </section>
  );
}
