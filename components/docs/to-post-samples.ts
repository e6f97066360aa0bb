const ID = "01a20000-0000-7000-8000-000000000000";

const toAnswer = (publicUrl: string) => `{
  "success": true,
  "message": "Post published successfully",
  "postSubmissionId": "${ID}",
  "data": {
    "id": "${ID}",
    "status": "published",
    "text": ["Good morning"],
    "post_url": "${publicUrl}/sandbox/...",
    "scheduled_at": null,
    "published_at": "2025-01-15T10:30:00Z",
    "attempts": 1,
    "error": null
  }
}`;

/** The publishing samples of the documentation, with this installation's own address. */
export const toPostSamples = (publicUrl: string) => {
  const ask = (method: string, path: string, body?: string) => toCurl(`${publicUrl}/v2${path}`, method, body);
  return {
    answer: toAnswer(publicUrl),
    publish: ask("POST", "/posts", `{"post": {"accountId": "${ID}", "text": "Good morning"}}`),
    accounts: ask("GET", "/accounts"),
    thread: ask("POST", "/posts", '{"post": {"text": ["First part", "Second part", "Third part"]}}'),
    media: ask(
      "POST",
      "/posts",
      `{"post": {
    "text": "My cat",
    "mediaUrls": ["https://example.com/cat.jpg"],
    "altTexts": ["A ginger cat asleep on a keyboard"]
  }}`,
    ),
    schedule: ask("POST", "/posts", '{"post": {"text": "Happy new year", "scheduledAt": "2030-01-01T00:00:00+08:00"}}'),
    follow: ask("GET", `/posts/${ID}`),
    cancel: ask("DELETE", `/posts/${ID}`),
    retry: ask("POST", `/posts/${ID}/retry`),
    force: ask("POST", `/posts/${ID}/retry`, '{"force": true}'),
  };
};

function toCurl(url: string, method: string, body: string | undefined): string {
  const lines = [`curl ${method === "GET" ? "" : `-X ${method} `}${url}`, '  -H "boring-api-key: $BORING_API_KEY"'];
  if (body) lines.push('  -H "Content-Type: application/json"', `  -d '${body}'`);
  return lines.join(" \\\n");
}
