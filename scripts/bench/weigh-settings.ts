import { mkdtempSync } from "node:fs";
import { get } from "node:http";
import path from "node:path";
import { signIn } from "#lib/testing/console/sign-in";
import { startServer } from "./start-server.ts";
import type { Workshop } from "./workshop.ts";

/**
 * The bytes of JavaScript that a browser downloads for a signed-in user's Settings page: every chunk that the page names in
 * its tags or its data. Rejects when the page cannot be loaded.
 */
export const weighSettings = async (workshop: Workshop, root?: string): Promise<number> => {
  const { url, stop } = await startServer(workshop, {
    root,
    env: { DATA_DIR: mkdtempSync(path.join(workshop.folder, "settings-")) },
    path: "/healthz",
  });
  try {
    return await weighPage(url);
  } finally {
    await stop();
  }
};

async function weighPage(url: string): Promise<number> {
  const { cookie } = await signIn(url, { email: "bench@example.com" });
  const page = await fetch(`${url}/settings`, { headers: { cookie }, redirect: "manual" });
  if (page.status !== 200) throw new Error(`/settings answered ${page.status}`);
  const html = await page.text();
  // Modern browsers skip scripts with `nomodule`.
  const legacy = chunksIn((html.match(/<script[^>]*\bnomodule\b[^>]*>/gi) ?? []).join());
  const chunks = [...chunksIn(html)].filter((chunk) => !legacy.has(chunk));
  if (chunks.length === 0) throw new Error("/settings names no script");
  const sizes = await Promise.all(chunks.map((chunk) => weigh(`${url}/_next/${chunk}`)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function chunksIn(html: string): Set<string> {
  return new Set(html.match(/static\/[\w./~%@()[\]-]+?\.js\b/g));
}

// The transferred size, with the server's compression.
function weigh(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { "accept-encoding": "gzip, deflate, br, zstd" }, agent: false }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.byteLength;
      });
      answer.once("end", () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url} answered ${answer.statusCode}`)),
      );
    });
    request.once("error", reject);
  });
}
