import type { SignInError } from "#lib/auth/schema";
import { settings } from "#lib/env";

/** The absolute address of the sign-in page, with what it should say and where it should lead afterwards. */
export const signInPageUrl = ({ error, callbackUrl }: { error?: SignInError; callbackUrl?: string }): string => {
  const url = new URL("/sign-in", settings().publicUrl);
  if (callbackUrl && callbackUrl !== "/") url.searchParams.set("callbackUrl", callbackUrl);
  if (error) url.searchParams.set("error", error);
  return url.href;
};
