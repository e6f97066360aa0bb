import manifest from "../package.json" with { type: "json" };

/** The version of this build, as package.json and the changelog have it. */
export const VERSION = manifest.version;
