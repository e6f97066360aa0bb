const WEB = /^https?:\/\//i;

/** Where a key was found, in the words of whoever reported it: a link only when it leads into the web. */
export function FoundUrl({ url }: { url: string }) {
  if (!WEB.test(url) || !URL.canParse(url))
    return (
      <span translate="no" className="wrap-anywhere">
        {url}
      </span>
    );
  return (
    <a translate="no" href={url} rel="noreferrer nofollow ugc" className="underline underline-offset-2 wrap-anywhere">
      {url}
    </a>
  );
}
