import { handleAuthRequest } from "#lib/auth/handle-auth-request";
import { settings } from "#lib/env";

type Ask = { method?: string; form?: Record<string, string>; json?: unknown; headers?: Record<string, string> };

/**
 * A browser for tests. It calls the console in this process and the stand-in over its port, and keeps cookies for each host.
 */
export type TestBrowser = {
  cookies: Map<string, string>;
  ask(url: string, request?: Ask): Promise<Response>;
  /** The CSRF token that the console's forms carry. */
  csrfToken(): Promise<string>;
  /** Presses the sign-in button. The answer redirects to the provider, or to the reason why not. */
  pressSignIn(request?: Ask & { query?: string; callbackUrl?: string }): Promise<Response>;
  /** Chooses a person on the stand-in's page and returns the callback address at the console. */
  choose(providerUrl: string, form: Record<string, string>): Promise<string>;
  /** Signs in, with the domain that the provider says of the person, and returns the last answer. */
  signIn(email: string, domain?: string): Promise<Response>;
};

/** A new browser without cookies. */
export const openTestBrowser = (): TestBrowser => {
  const cookies = new Map<string, string>();
  const ask: TestBrowser["ask"] = async (target, { method, form, json, headers = {} } = {}) => {
    const url = new URL(target, settings().publicUrl);
    const isConsole = url.origin === settings().publicUrl;
    const body = form ? new URLSearchParams(form) : json === undefined ? undefined : JSON.stringify(json);
    const request = new Request(url, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      redirect: "manual",
      headers: {
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
        cookie: sent(url.host),
      },
      ...(body !== undefined && { body }),
    });
    const response = await (isConsole ? handleAuthRequest(request) : fetch(request));
    for (const line of response.headers.getSetCookie()) keep(url.host, line);
    return response;
  };
  const sent = (host: string) =>
    [...cookies]
      .flatMap(([name, value]) => (name.startsWith(`${host} `) ? [`${name.slice(host.length + 1)}=${value}`] : []))
      .join("; ");
  const keep = (host: string, line: string) => {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value) cookies.set(`${host} ${name}`, value);
    else cookies.delete(`${host} ${name}`);
  };
  const csrfToken = async () => ((await (await ask("/api/auth/csrf")).json()) as { csrfToken: string }).csrfToken;
  const browser: TestBrowser = {
    cookies,
    ask,
    csrfToken,
    pressSignIn: async ({ query = "", callbackUrl = "/settings", ...request } = {}) =>
      ask(`/api/auth/signin/google${query}`, { form: { csrfToken: await csrfToken(), callbackUrl }, ...request }),
    choose: async (providerUrl, form) => {
      let url = locationOf(await ask(locationOf(await ask(providerUrl)), { form }));
      while (!url.startsWith(settings().publicUrl)) url = locationOf(await ask(url));
      return url;
    },
    signIn: async (email, domain = "") =>
      ask(await browser.choose(locationOf(await browser.pressSignIn()), { email, domain })),
  };
  return browser;

  function locationOf(response: Response): string {
    const location = response.headers.get("location");
    if (location === null) throw new Error(`expected a redirect and got ${response.status} of ${response.url}`);
    return new URL(location, response.url || settings().publicUrl).href;
  }
};
