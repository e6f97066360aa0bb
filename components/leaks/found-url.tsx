const WEB = /^https?:\/\//i;

/** Where a key was found, as reported. It is a link only when it is a web address. */
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
