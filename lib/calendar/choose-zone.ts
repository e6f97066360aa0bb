const LONGEST_NAME = 64;

/** The time zone that a browser named in its cookie; UTC when it named none that is known here. */
export const chooseZone = (cookie: string | undefined): string => {
  if (!cookie || cookie.length > LONGEST_NAME) return "UTC";
  try {
    new Intl.DateTimeFormat("en", { timeZone: cookie });
    return cookie;
  } catch {
    return "UTC";
  }
};
