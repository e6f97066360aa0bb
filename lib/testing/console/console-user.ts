import type { BrowserContext } from "@playwright/test";
import { createUser, type User } from "#lib/testing/console/user";

/** Signs a new person in and gives their session to the browser. */
export const signInBrowser = async (context: BrowserContext, url: string): Promise<User> => {
  const user = await createUser(url);
  await lendSession(context, url, user);
  return user;
};

/** Gives a person's session to the browser. */
export const lendSession = async (context: BrowserContext, url: string, { cookie }: User): Promise<void> => {
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
};
