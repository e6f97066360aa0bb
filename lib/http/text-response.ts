import { delegateMembers } from "#lib/http/delegate-members";

/**
 * A `Response` that still knows its text and its headers. Making a whole one, and reading it again, costs more than the
 * rest of a small answer, and the front door need not do it; everybody else sees an ordinary `Response`.
 */
export class TextResponse {
  readonly status: number;
  readonly content: string;
  readonly #fields: Record<string, string>;
  #whole: Response | undefined;

  constructor(content: string, status: number, fields: Record<string, string>) {
    this.content = content;
    this.status = status;
    this.#fields = fields;
  }

  /** The headers as they are now. */
  get fields(): Iterable<[name: string, value: string]> {
    return this.#whole?.headers ?? Object.entries(this.#fields);
  }

  static whole(response: TextResponse): Response {
    response.#whole ??= new Response(response.content, { status: response.status, headers: response.#fields });
    return response.#whole;
  }
}

delegateMembers(TextResponse, Response, TextResponse.whole);

/** A response whose body is text. */
export const textResponse = (content: string, status: number, fields: Record<string, string>): Response =>
  new TextResponse(content, status, fields) as unknown as Response;
