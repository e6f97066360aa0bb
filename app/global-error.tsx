"use client";

import "./globals.css";

/** Replaces the layout when it fails. The chosen language is then unknown, so the page uses both. */
export default function GlobalErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · 發生問題 · Boring Console</title>
        <main className="mx-auto max-w-md px-4 py-24">
          <h1 className="text-title">Something went wrong</h1>
          <p>Try again in a moment.</p>
          <p lang="zh-Hant-TW">發生問題，請稍後再試一次。</p>
          <p>{error.digest}</p>
          <button type="button" onClick={() => location.reload()} className="my-6 rounded-control border px-4 py-2.5">
            <span>Try again · </span>
            <span lang="zh-Hant-TW">再試一次</span>
          </button>
        </main>
      </body>
    </html>
  );
}
