"use client";

import { useEffect, useRef, useState } from "react";
import type { Messages } from "#lib/i18n/schema";
import "./api-reference.css";

/** Every operation of /openapi.json, shown by Swagger UI, which only this component loads. */
export function ApiReference({ text }: { text: Pick<Messages["docs"]["reference"], "loading" | "failed"> }) {
  const host = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "failed" | "shown">("loading");

  useEffect(() => {
    // Swagger UI keeps the element that it receives, so each run gets a new one.
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
    // Nobody should ever type a key into this page.
    supportedSubmitMethods: [],
    syntaxHighlight: { activated: false },
    validatorUrl: null,
    onComplete,
  });
}
