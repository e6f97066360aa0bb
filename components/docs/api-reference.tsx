"use client";

import { useEffect, useRef, useState } from "react";
import type { Messages } from "#lib/i18n/schema";
import "./api-reference.css";

/** Every operation of /openapi.json, shown by Swagger UI, which is loaded here and nowhere else. */
export function ApiReference({ text }: { text: Pick<Messages["docs"]["reference"], "loading" | "failed"> }) {
  const host = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "failed" | "shown">("loading");

  useEffect(() => {
    // Swagger UI keeps the element that it was given, so each run gets its own.
    const place = document.createElement("div");
    host.current?.append(place);
    show(place, () => setState("shown")).catch(() => setState("failed"));
    return () => place.remove();
  }, []);

  return (
    <>
      <p role="status" className="text-muted">
        {state !== "shown" && text[state]}
      </p>
      <div ref={host} lang="en" translate="no" className="api-reference min-h-screen" />
    </>
  );
}

async function show(domNode: Element, onComplete: () => void): Promise<void> {
  const [{ default: SwaggerUI }, { referencePlugin }, answer] = await Promise.all([
    import("swagger-ui-dist/swagger-ui-es-bundle.js"),
    import("#components/docs/reference-plugin"),
    fetch("/openapi.json"),
  ]);
  if (!answer.ok) throw new Error(`/openapi.json answered ${answer.status}`);
  SwaggerUI({
    domNode,
    spec: await answer.json(),
    layout: "Reference",
    plugins: [referencePlugin],
    deepLinking: true,
    // No key is ever typed into this page.
    supportedSubmitMethods: [],
    syntaxHighlight: { activated: false },
    validatorUrl: null,
    onComplete,
  });
}
