import type { SignInError } from "#lib/auth/schema";
import { settings } from "#lib/env";

const MAX_LENGTH = 2000;

/**
 * The path, query and fragment of an address on this installation. Returns `/` for anything else: other origins in any
 * spelling, other schemes, invalid addresses. The result is safe to redirect to.
 */
export const toLocalPath = (target: unknown): string => {
  if (typeof target !== "string" || target.length > MAX_LENGTH || /[\\\p{Cc}]/u.test(target)) return "/";
  const { publicUrl } = settings();
  if (!(target.startsWith("/") || target.startsWith(`${publicUrl}/`)) || !URL.canParse(target, publicUrl)) return "/";
  const { origin, pathname, search, hash } = new URL(target, publicUrl);
  // `/.//evil.example` is on this origin as an address, but its path by itself would lead to another one.
  if (origin !== publicUrl || pathname.startsWith("//") || !isDecodable(pathname)) return "/";
  return pathname + search + hash;
};

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/** The absolute address of the sign-in page, with the error to show and the address to continue to. */
export const signInPageUrl = ({ error, callbackUrl }: { error?: SignInError; callbackUrl?: string }): string => {
  const url = new URL("/sign-in", settings().publicUrl);
  if (callbackUrl && callbackUrl !== "/") url.searchParams.set("callbackUrl", callbackUrl);
  if (error) url.searchParams.set("error", error);
  return url.href;
};
