import { randomBytes, randomUUID } from "node:crypto";
import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { standInOrigin } from "#lib/auth/stand-in/people";
import type { Settings } from "#lib/env";
import type { ApiError } from "#lib/errors";
import { toErrorBody, toOwnBody } from "#lib/http/error-response";
import { CONSOLE_LOCALE_HEADER, LOCALES } from "#lib/i18n/schema";

const LINGER_MILLISECONDS = 2000;

/** Answers with an error in the caller's dialect. Then reads and drops the rest of the request and ends the connection. */
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
  // Closing while the caller still sends would reset the connection and lose the answer.
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

/** Writes an answer to a socket that has no parsed request, and ends the connection. */
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

type Fields = readonly (readonly [name: string, value: string])[];

/** The headers that restrict what a browser may do with an answer, built once for this installation. */
export type SecurityHeaders = {
  /** On every answer. */
  common: Fields;
  /** Also on answers that are data, including refusals: their content may not run, load or be framed. */
  data: Fields;
  /** The policy for one page, with a fresh nonce. */
  pagePolicy(): string;
};

const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
const NO_DEVICES = ["camera", "display-capture", "geolocation", "microphone", "payment", "serial", "usb"];

/** The security headers of an installation with these settings. */
export const securityHeaders = (settings: Settings, isDev: boolean): SecurityHeaders => {
  const isHttps = settings.publicUrl.startsWith("https:");
  const common: Fields = [
    ["X-Content-Type-Options", "nosniff"],
    ["Referrer-Policy", "no-referrer"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ["X-Frame-Options", "DENY"],
    ["Permissions-Policy", NO_DEVICES.map((device) => `${device}=()`).join(", ")],
    ...(isHttps ? [["Strict-Transport-Security", "max-age=31536000"] as const] : []),
  ];
  const provider = settings.google
    ? "https://accounts.google.com"
    : standInOrigin(settings.standInPort, settings.publicUrl);
  return {
    common,
    data: [...common, ["Content-Security-Policy", DATA_POLICY], ["Cache-Control", "no-store"]],
    pagePolicy: () => pagePolicy(randomBytes(16).toString("base64"), provider, isDev),
  };
};

// Under --dev React needs eval, and styles come in elements without the nonce.
function pagePolicy(nonce: string, provider: string, isDev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    isDev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https://*.googleusercontent.com",
    `form-action 'self' ${provider}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}
