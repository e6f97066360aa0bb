import { gzipSync } from "node:zlib";
import { signIn } from "../../e2e/sign-in.ts";

/**
 * The bytes of JavaScript that a browser loads for the Settings page of somebody who is signed in, compressed:
 * every chunk that the page names, in its tags or in the data behind them. Rejects when the page cannot be had.
 */
export const weighSettings = async (url: string): Promise<number> => {
  const { cookie } = await signIn(url, { email: "bench@example.com" });
  const page = await fetch(`${url}/settings`, { headers: { cookie }, redirect: "manual" });
  if (page.status !== 200) throw new Error(`/settings answered ${page.status}`);
  const html = await page.text();
  // Browsers of today skip what is marked for those of old.
  const legacy = chunksIn((html.match(/<script[^>]*\bnomodule\b[^>]*>/gi) ?? []).join());
  const chunks = [...chunksIn(html)].filter((chunk) => !legacy.has(chunk));
  if (chunks.length === 0) throw new Error("/settings names no script");
  const sizes = await Promise.all(chunks.map((chunk) => weigh(`${url}/_next/${chunk}`)));
  return sizes.reduce((sum, size) => sum + size, 0);
};

function chunksIn(html: string): Set<string> {
  return new Set(html.match(/static\/[\w./~%@()[\]-]+?\.js\b/g));
}

async function weigh(url: string): Promise<number> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return gzipSync(new Uint8Array(await answer.arrayBuffer())).byteLength;
}
