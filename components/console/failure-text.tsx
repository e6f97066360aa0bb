"use client";

import { createContext, use } from "react";
import type { Messages } from "#lib/i18n/schema";

const FailureText = createContext<Messages["failure"] | undefined>(undefined);

/** Error pages are handed an error and nothing else; this brings them their sentences. */
export const FailureTextProvider = FailureText.Provider;

/** The sentences of the error page, when the layout could be rendered. */
export const useFailureText = (): Messages["failure"] | undefined => use(FailureText);
