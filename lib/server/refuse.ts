import { randomUUID } from "node:crypto";
import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ApiError } from "#lib/errors";
import { toErrorBody, toOwnBody } from "#lib/http/dialect";
import { CONSOLE_LOCALE_HEADER, LOCALES } from "#lib/i18n/schema";
import type { SecurityHeaders } from "#lib/server/security-headers";

const LINGER_MILLISECONDS = 2000;

/** Answers with an error in the caller's dialect. What the caller is still sending is read and dropped, then the connection ends. */
export const refuse = (
  request: IncomingMessage,
  response: ServerResponse,
  error: ApiError,
  security: SecurityHeaders,
): void => {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(toBody(error, request.headers));
  for (const [name, value] of security.data) response.setHeader(name, value);
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  response.setHeader("X-Request-Id", randomUUID());
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Content-Length", Buffer.byteLength(body));
  response.statusCode = error.status;
  if (request.complete) {
    response.end(body);
    return;
  }
  // Closing while the caller still sends would reset the connection, and the answer would be lost with it.
  response.setHeader("Connection", "close");
  response.write(body);
  const end = () => response.end();
  const timer = setTimeout(end, LINGER_MILLISECONDS);
  request.once("close", () => clearTimeout(timer));
  request.once("end", end).resume();
};

function toBody(error: ApiError, headers: IncomingHttpHeaders): Record<string, unknown> {
  const named = headers[CONSOLE_LOCALE_HEADER.toLowerCase()];
  const locale = LOCALES.find((one) => one === named);
  if (locale) return toOwnBody(error, locale);
  const isDetail = headers.authorization !== undefined && headers["boring-api-key"] === undefined;
  return toErrorBody(error, isDetail ? "detail" : "error");
}

/** Answers on a bare socket, where there is no request to answer, and ends the connection. */
export const refuseSocket = (socket: Duplex, status: number, message: string, security: SecurityHeaders): void => {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ error: "InvalidRequest", message });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...security.data.map(([name, value]) => `${name}: ${value}`),
    `X-Request-Id: ${randomUUID()}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Date: ${new Date().toUTCString()}`,
    "Connection: close",
  ];
  socket.on("error", () => {});
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER_MILLISECONDS).unref();
};
