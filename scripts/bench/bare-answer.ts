/** The answer of the bare servers: as many members and bytes as that of `GET /v2/me`. */
export const BARE_ANSWER = {
  id: "019aa5b5-7f5e-7c43-9d5c-3f7a2c1b0e9d",
  name: "Production 1",
  key_preview: "boring_abc...",
  environment: null,
  expires_at: null,
  owner_email: "ada-1@example.com",
};
