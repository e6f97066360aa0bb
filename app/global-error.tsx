"use client";

import { Button } from "#components/ui/button";
import "./globals.css";

/** Stands in for the layout, which failed and with it the choice of language: hence both. */
export default function GlobalErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Boring Console</title>
        <main className="mx-auto max-w-md px-4 py-24 text-center">
          <h1 className="text-title font-semibold tracking-tight">Something went wrong</h1>
          <p className="mt-2 text-muted">Try again in a moment.</p>
          <p lang="zh-Hant-TW" className="text-muted">
            發生問題，請稍後再試一次。
          </p>
          {error.digest && <p className="mt-4 font-mono text-small text-muted">{error.digest}</p>}
          <Button look="primary" onClick={() => location.reload()} className="mt-6">
            <span>
              Try again · <span lang="zh-Hant-TW">再試一次</span>
            </span>
          </Button>
        </main>
      </body>
    </html>
  );
}
