import { fill, type Messages } from "#lib/i18n/schema";

// In this order: most browsers also claim to be the ones below them.
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

/** What a person would call the device: `Chrome on Linux`; what the browser said of itself when that is all there is. */
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
