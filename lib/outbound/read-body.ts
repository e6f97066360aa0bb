import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { OutboundError } from "#lib/outbound/outbound-error";
import { type Problem, say } from "#lib/problems/problem";

/** Reads the whole body as text, within the limits of its fetch. */
export const readText = (body: Readable): Promise<string> => text(body);

/** Reads the whole body and parses it as JSON. Returns undefined when it is not JSON. */
export const readJson = async (body: Readable): Promise<unknown> => {
  const received = await text(body);
  try {
    return JSON.parse(received);
  } catch {
    return undefined;
  }
};

type Limits = { maxBytes: number; idleMilliseconds: number; toError: (cause: unknown) => OutboundError };

/**
 * Limits the body of a response. It errors with `TooLarge` when it is too long, with `Timeout` when it is idle for too
 * long, and with `Interrupted` when it ends early. Idle time counts only while a reader is waiting.
 */
export const limitBody = (response: IncomingMessage, limits: Limits): Readable => {
  const { maxBytes, idleMilliseconds, toError } = limits;
  const announced = Number(response.headers["content-length"] ?? 0);
  let received = 0;
  let silence: NodeJS.Timeout | undefined;
  const fail = (code: "TooLarge" | "Timeout", problem: Problem) =>
    body.destroy(new OutboundError(code, problem, { wasSent: true }));
  const waitForMore = () => {
    clearTimeout(silence);
    silence = setTimeout(
      () => fail("Timeout", say("outbound_answer_silent", { milliseconds: idleMilliseconds })),
      idleMilliseconds,
    );
  };
  const body = new Readable({
    read: () => {
      waitForMore();
      response.resume();
    },
    destroy: (error, done) => {
      clearTimeout(silence);
      response.destroy();
      done(error);
    },
  });
  // A reader still gets the error. An unread response must not crash the process.
  body.on("error", () => {});
  response.on("data", (chunk: Buffer) => {
    received += chunk.length;
    if (Math.max(received, announced) > maxBytes)
      return fail("TooLarge", say("outbound_answer_large", { most: maxBytes }));
    if (body.push(chunk)) return waitForMore();
    clearTimeout(silence);
    response.pause();
  });
  response.on("end", () => {
    clearTimeout(silence);
    body.push(null);
  });
  response.on("error", (cause) => body.destroy(toError(cause)));
  return body;
};

/** When a response allows a retry: its `Retry-After`, in seconds or as a date by the server's clock, or undefined. */
export const readRetryAfter = (headers: IncomingHttpHeaders, now = new Date()): Date | undefined => {
  const told = headers["retry-after"] ?? "";
  if (/^\d{1,9}$/.test(told)) return new Date(now.getTime() + Number(told) * 1000);
  const date = /GMT$/.test(told) ? Date.parse(told) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  const theirs = Date.parse(headers.date ?? "");
  return new Date(Number.isNaN(theirs) ? date : now.getTime() + date - theirs);
};
