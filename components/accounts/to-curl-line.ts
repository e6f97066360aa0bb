/** A curl command that posts to an account. It reads the key from the environment variable that all samples use. */
export const toCurlLine = (publicUrl: string, accountId: string): string =>
  `curl -X POST ${publicUrl}/v2/posts \\
  -H "boring-api-key: $BORING_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"post": {"accountId": "${accountId}", "text": "Hello from Boring Console"}}'
`;
