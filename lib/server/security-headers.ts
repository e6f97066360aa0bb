import { randomBytes } from "node:crypto";
import { standInOrigin } from "#lib/auth/stand-in/address";
import type { Settings } from "#lib/env";

type Fields = readonly (readonly [name: string, value: string])[];

/** The headers that keep a browser from doing harm with an answer, made once for this installation. */
export type SecurityHeaders = {
  /** On every answer. */
  common: Fields;
  /** Also on answers that are data, refusals included: nothing in them may run, load or be framed. */
  data: Fields;
  /** The policy for one page, with its own nonce. */
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

// Under --dev React needs eval, and styles come in elements that nobody marks with the nonce.
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
