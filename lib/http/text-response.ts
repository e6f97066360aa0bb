/**
 * A `Response` that still knows its text. Reading a body back out of a `Response` costs more than the rest of a
 * small answer, and the front door need not do it; everybody else sees an ordinary `Response`.
 */
export class TextResponse extends Response {
  readonly content: string;
  #readable: Response | undefined;

  constructor(content: string, init: ResponseInit) {
    super(null, init);
    this.content = content;
  }

  get #body(): Response {
    this.#readable ??= new Response(this.content);
    return this.#readable;
  }

  override get body(): Response["body"] {
    return this.#body.body;
  }

  override get bodyUsed(): boolean {
    return this.#readable?.bodyUsed ?? false;
  }

  override text(): Promise<string> {
    return this.#body.text();
  }

  override json(): Promise<unknown> {
    return this.#body.json();
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#body.arrayBuffer();
  }

  override clone(): TextResponse {
    return new TextResponse(this.content, this);
  }
}
