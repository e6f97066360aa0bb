"use client";

import "./globals.css";

/** Replaces the layout when it fails. The chosen language is then unknown, so the page uses both. */
export default function GlobalErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · 發生問題 · Boring Console</title>
        <main className="mx-auto max-w-md px-4 py-24 text-center">
          <h1 className="text-title font-semibold tracking-tight">
            <span className="block">Something went wrong</span>
            <span lang="zh-Hant-TW" className="block">
              發生問題
            </span>
          </h1>
          <p className="mt-2 text-muted">
            <span className="block">Try again in a moment.</span>
            <span lang="zh-Hant-TW" className="block">
              請稍後再試一次。
            </span>
          </p>
          {error.digest && (
            <p translate="no" className="mt-4 font-mono text-small text-muted">
              <span>Reference · </span>
              <span lang="zh-Hant-TW">參考編號：</span>
              <span>{error.digest}</span>
            </p>
          )}
          <button
            type="button"
            onClick={() => location.reload()}
            className="mt-6 rounded-control bg-ink px-4 py-2.5 font-medium text-inverse"
          >
            <span>Try again · </span>
            <span lang="zh-Hant-TW">再試一次</span>
          </button>
        </main>
      </body>
    </html>
  );
}
