import { type HttpBrowser, openHttpBrowser, type Page } from "#lib/testing/console/http-browser";

export type SignInPerson = { email: string; name?: string; domain?: string };

/** Presses "Sign in with Google" and returns the page on which one chooses a person. */
export const startSignIn = async (browser: HttpBrowser, url: string, callbackUrl = "/settings"): Promise<Page> => {
  const { csrfToken } = JSON.parse((await browser.open(`${url}/api/auth/csrf`)).text) as { csrfToken: string };
  const answer = await browser.open(`${url}/api/auth/signin/google`, { csrfToken, callbackUrl });
  const page = await browser.follow(answer);
  if (!page.text.includes('name="email"')) throw new Error(`no page to choose a person on: ${page.status} ${page.url}`);
  return page;
};

/** Chooses on the page and returns the redirect back to the console, `/api/auth/callback/google?…`, not yet followed. */
export const choose = async (
  browser: HttpBrowser,
  url: string,
  page: Page,
  form: Record<string, string>,
): Promise<string> => {
  const redirect = await browser.follow(await browser.open(page.url, form), (next) => next.startsWith(`${url}/`));
  if (redirect.location === null) throw new Error(`the choice led nowhere: ${redirect.status} ${redirect.url}`);
  return redirect.location;
};

/** Signs a person in over HTTP, through every step that a browser takes, and returns their session. */
export const signIn = async (
  url: string,
  { email, name = "", domain = "" }: SignInPerson,
  browser: HttpBrowser = openHttpBrowser(),
): Promise<{ cookie: string }> => {
  const callback = await choose(browser, url, await startSignIn(browser, url), { email, name, domain });
  const answer = await browser.open(callback);
  const value = browser.cookie(url, "session");
  if (value === undefined) throw new Error(`the sign-in gave no session: ${answer.status} ${answer.location}`);
  return { cookie: `session=${value}` };
};
