import type { Metadata } from "next";
import { DocSection } from "#components/docs/doc-section";
import { DocsFrame } from "#components/docs/docs-frame";
import { LabelledCode } from "#components/docs/labelled-code";
import { SeeAlso } from "#components/docs/see-also";
import { Code, WithCode } from "#components/ui/code";
import { settings } from "#lib/env";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getMessages()).text.docs.management.title,
});

const LIST = `{
  "keys": [
    {
      "id": "uuid",
      "name": "Production",
      "key_preview": "boring_abc...",
      "created_at": "2025-01-15T10:30:00Z",
      "last_used_at": "2025-01-20T15:45:00Z",
      "is_active": true
    }
  ]
}`;

const DELETED = `{
  "success": true,
  "message": "API key deleted successfully"
}`;

export default async function DocsManagementPage() {
  const { docs } = (await getMessages()).text;
  const { host } = new URL(settings().publicUrl);
  const text = docs.management;
  const call = (line: string, body?: string) => toRequest(host, line, body);
  return (
    <DocsFrame current="management" text={docs}>
      <DocSection id="session" title={text.session} text={docs}>
        <p>
          <WithCode>{text.sessionLead}</WithCode>
        </p>
        <SeeAlso href="/docs/reference">{docs.reference.title}</SeeAlso>
      </DocSection>
      <DocSection id="list" title={text.list} text={docs}>
        <Code>{call("GET /api/keys")}</Code>
        <LabelledCode label={text.answer}>{LIST}</LabelledCode>
        <p>
          <WithCode>{text.listAfter}</WithCode>
        </p>
      </DocSection>
      <DocSection id="generate" title={text.generate} text={docs}>
        <Code>
          {call("POST /api/keys", '{"name": "Staging API", "environment": "staging", "scopes": ["posts:read"]}')}
        </Code>
        <p>
          <WithCode>{text.generateAfter}</WithCode>
        </p>
      </DocSection>
      <DocSection id="change" title={text.change} text={docs}>
        <Code>{call("PATCH /api/keys/{key_id}", '{"is_active": false}')}</Code>
      </DocSection>
      <DocSection id="rotate" title={text.rotate} text={docs}>
        <Code>{call("POST /api/keys/{key_id}/rotate", '{"overlap_seconds": 3600}')}</Code>
        <Code>{call("POST /api/keys/{key_id}/end")}</Code>
        <p>{text.rotateAfter}</p>
      </DocSection>
      <DocSection id="delete" title={text.delete} text={docs}>
        <Code>{call("DELETE /api/keys/{key_id}")}</Code>
        <LabelledCode label={text.answer}>{DELETED}</LabelledCode>
      </DocSection>
    </DocsFrame>
  );
}

function toRequest(host: string, line: string, body?: string): string {
  const fields = [`${line} HTTP/1.1`, `Host: ${host}`, "Cookie: session=..."];
  return [...fields, ...(body ? ["Content-Type: application/json", "", body] : [])].join("\n");
}
