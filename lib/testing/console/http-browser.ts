/** What a browser would have got: redirects are not followed. */
export type Page = { url: string; status: number; location: string | null; text: string; setCookies: string[] };

type Form = Record<string, string>;

/** A browser without a screen: it keeps cookies by host and path, as browsers do, and posts forms. */
export type HttpBrowser = {
  open(url: string, form?: Form): Promise<Page>;
  /** Opens the address and goes on until there is no redirect, or until one leads to where `isEnd` says. */
  follow(page: Page, isEnd?: (url: string) => boolean): Promise<Page>;
  /** The value of a cookie that would be sent to the address. */
  cookie(url: string, name: string): string | undefined;
  setCookie(url: string, cookie: string): void;
};

type Cookie = { host: string; path: string; name: string; value: string };

/** A browser that nobody has used yet. */
export const openHttpBrowser = (headers: Record<string, string> = {}): HttpBrowser => {
  let jar: Cookie[] = [];
  const sent = (url: string) => {
    const { hostname, pathname } = new URL(url);
    return jar.filter(({ host, path }) => host === hostname && pathname.startsWith(path));
  };
  const setCookie = (url: string, line: string) => {
    const cookie = readCookie(url, line);
    jar = jar.filter(({ host, path, name }) => host !== cookie.host || path !== cookie.path || name !== cookie.name);
    if (cookie.value !== "" && !isOver(line)) jar.push(cookie);
  };
  const open = async (url: string, form?: Form): Promise<Page> => {
    const Cookie = sent(url)
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
    const body = form && { method: "POST", body: new URLSearchParams(form) };
    const response = await fetch(url, { redirect: "manual", headers: { ...headers, Cookie }, ...body });
    const setCookies = response.headers.getSetCookie();
    for (const line of setCookies) setCookie(url, line);
    const location = response.headers.get("location");
    return {
      url,
      status: response.status,
      location: location === null ? null : new URL(location, url).href,
      text: await response.text(),
      setCookies,
    };
  };
  const follow = async (page: Page, isEnd: (url: string) => boolean = () => false): Promise<Page> => {
    let current = page;
    for (let hops = 0; current.location !== null && !isEnd(current.location); hops++) {
      if (hops === 10) throw new Error(`too many redirects, the last one to ${current.location}`);
      current = await open(current.location);
    }
    return current;
  };
  return { open, follow, setCookie, cookie: (url, name) => sent(url).find((cookie) => cookie.name === name)?.value };
};

function readCookie(url: string, line: string): Cookie {
  const [pair = ""] = line.split(";");
  const [name = "", ...value] = pair.split("=");
  const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? "/";
  return { host: new URL(url).hostname, path, name: name.trim(), value: value.join("=") };
}

// Where a cookie says both, browsers go by how long it lasts: their clock may be another than the server's.
function isOver(line: string): boolean {
  const lasts = /;\s*max-age=(-?\d+)/i.exec(line)?.[1];
  if (lasts !== undefined) return Number(lasts) <= 0;
  const expires = /;\s*expires=([^;]*)/i.exec(line)?.[1];
  return expires !== undefined && Date.parse(expires) <= Date.now();
}
