type Source = {
  /** Address of this installation, without a slash at the end. */
  publicUrl: string;
  /** Written into the code. Without it, the code reads the environment variable. */
  secret?: string | undefined;
  /** The comment above a secret in the code. */
  firstTry: (instead: string) => string;
};

export type CodeSample = { name: string; code: string };

const VARIABLE = "BORING_API_KEY";
const POST = '{"post": {"text": "Hello from Boring Console"}}';

/** The four ways to send a post, as complete programs. Those that need no installation come first. */
export const toCodeSamples = (source: Source): CodeSample[] => [
  { name: "cURL", code: curl(source) },
  { name: "Python (http.client)", code: pythonHttpClient(source) },
  { name: "JavaScript (Node.js)", code: javaScript(source) },
  { name: "Python (requests)", code: pythonRequests(source) },
];

function pythonRequests({ publicUrl, secret, firstTry }: Source): string {
  return `import os
import requests

${assign("", `os.environ.get("${VARIABLE}")`, "#", secret, firstTry)}
API_URL = "${publicUrl}/v2/posts"

post_data = ${POST}

headers = {
    "boring-api-key": API_KEY,
    "Content-Type": "application/json"
}

response = requests.post(API_URL, headers=headers, json=post_data)
print(response.status_code, response.text)
`;
}

function javaScript({ publicUrl, secret, firstTry }: Source): string {
  return `${assign("const ", `process.env.${VARIABLE}`, "//", secret, firstTry, ";")}
const API_URL = "${publicUrl}/v2/posts";

const postData = ${POST};

const response = await fetch(API_URL, {
  method: "POST",
  headers: {
    "boring-api-key": API_KEY,
    "Content-Type": "application/json"
  },
  body: JSON.stringify(postData)
});
console.log(response.status, await response.text());
`;
}

function pythonHttpClient({ publicUrl, secret, firstTry }: Source): string {
  const { protocol, host } = new URL(publicUrl);
  return `import http.client
import json
import os

${assign("", `os.environ["${VARIABLE}"]`, "#", secret, firstTry)}

post_data = ${POST}

conn = http.client.${protocol === "https:" ? "HTTPSConnection" : "HTTPConnection"}("${host}")
headers = {
    "boring-api-key": API_KEY,
    "Content-Type": "application/json"
}

conn.request("POST", "/v2/posts", json.dumps(post_data), headers)
response = conn.getresponse()
print(response.status, response.read().decode())
`;
}

function curl({ publicUrl, secret }: Source): string {
  return `export ${VARIABLE}="${secret ?? "boring_xxxxxxxxxxxxx"}"

curl -X POST ${publicUrl}/v2/posts \\
  -H "boring-api-key: $${VARIABLE}" \\
  -H "Content-Type: application/json" \\
  -d '${POST}'
`;
}

function assign(
  keyword: string,
  environment: string,
  comment: string,
  secret: string | undefined,
  firstTry: Source["firstTry"],
  end = "",
): string {
  if (secret === undefined) return `${keyword}API_KEY = ${environment}${end}`;
  return `${comment} ${firstTry(environment)}\n${keyword}API_KEY = "${secret}"${end}`;
}
