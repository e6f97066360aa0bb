/** A command that posts to an account, with the key in the environment variable that every sample reads. */
export const toCurlLine = (publicUrl: string, accountId: string): string =>
  `curl -X POST ${publicUrl}/v2/posts \\
  -H "boring-api-key: $BORING_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"post": {"accountId": "${accountId}", "text": "Hello from Boring Console"}}'
`;
