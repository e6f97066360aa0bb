/** The part of oidc-provider that the stand-in uses. The package has no types. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  export type Context = {
    type: string;
    body: string;
    req: IncomingMessage;
    oidc: { client: { clientId: string }; session: { accountId: string }; provider: Provider };
  };

  type Grant = { addOIDCScope(scope: string): void; save(): Promise<string> };

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    Grant: new (of: {
      clientId: string;
      accountId: string;
    }) => Grant;
    callback(): (req: IncomingMessage, res: ServerResponse) => void;
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<{ params: { ui_locales?: string } }>;
    interactionFinished(req: IncomingMessage, res: ServerResponse, result: Record<string, unknown>): Promise<void>;
  }

  export const errors: { SessionNotFound: new () => Error };

  type Prompt = object;
  export const interactionPolicy: {
    Prompt: new (options: { name: string; requestable: boolean }) => Prompt;
    base(): { add(prompt: Prompt, index?: number): void };
  };
}
