import { fill, type Messages } from "#lib/i18n/schema";

// The order matters: most browsers also claim to be those listed below them.
const BROWSERS: [string, RegExp][] = [
  ["Edge", /\bEdg(A|iOS)?\//],
  ["Opera", /\bOPR\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Firefox", /\b(Firefox|FxiOS)\//],
  ["Chrome", /\b(Headless)?(Chrome|Chromium|CriOS)\//],
  ["Safari", /\bVersion\/[\d.]+.*\bSafari\//],
];

const SYSTEMS: [string, RegExp][] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows NT\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\bMac OS X\b/],
  ["Linux", /\bLinux\b/],
];

/** A readable name of the device: `Chrome on Linux`, or the raw user agent when it is unknown. */
export const describeDevice = (
  userAgent: string | null,
  text: Pick<Messages["security"], "on" | "unknownDevice">,
): string => {
  const find = (names: [string, RegExp][]) => names.find(([, pattern]) => pattern.test(userAgent ?? ""))?.[0];
  const browser = find(BROWSERS);
  const system = find(SYSTEMS);
  if (browser && system) return fill(text.on, { browser, system });
  return browser ?? system ?? (userAgent?.trim().slice(0, 80) || text.unknownDevice);
};
