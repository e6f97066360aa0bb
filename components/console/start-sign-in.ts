import { callApi, type Problem } from "#components/console/call-api";
import type { Locale } from "#lib/i18n/schema";

/** Starts the sign-in and leaves for the address that the server returns. Returns the problem when it fails. */
export const startSignIn = async (callbackUrl: string, locale: Locale): Promise<Problem | undefined> => {
  const csrf = await callApi<{ csrfToken: string }>("GET", "/api/auth/csrf");
  const body = { csrfToken: csrf.data?.csrfToken, callbackUrl, json: "true" };
  const path = `/api/auth/signin/google?ui_locales=${locale}`;
  const answer = csrf.problem ? csrf : await callApi<{ url: string }>("POST", path, { body });
  if (answer.problem) return answer.problem;
  location.assign(answer.data.url);
};
