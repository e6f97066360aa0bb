"use client";

import { createContext, use } from "react";
import type { Messages } from "#lib/i18n/schema";

const FailureText = createContext<Messages["failure"] | undefined>(undefined);

/** Provides error pages with their messages, because Next passes them only the error. */
export const FailureTextProvider = FailureText.Provider;

/** The messages of the error page. Undefined when the layout failed to render. */
export const useFailureText = (): Messages["failure"] | undefined => use(FailureText);
