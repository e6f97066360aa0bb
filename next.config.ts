import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_SERVER } from "next/constants";

const config: NextConfig = {
  poweredByHeader: false,
  // Next renders pages. Routes, which are in `.ts` files, are answered by the front door.
  pageExtensions: ["tsx"],
  reactStrictMode: true,
  // `npm run check` checks the types of everything; whoever starts the server need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@electric-sql/pglite", "pglite-prisma-adapter", "mediabunny"],
  // There is nothing to optimise, and the optimiser fetches what it is told to.
  // The title is in the head of the first answer, not streamed after it: a page is never without its name.
  htmlLimitedBots: /.*/,
  images: { unoptimized: true },
  experimental: {
    // One file instead of several for what every page loads: compressed together it is 4 kB smaller. In return, dialogs of
    // two sections that share a library each load it once.
    turbopackChunking: { maxMergeChunkSize: 20_000_000, minChunkSize: 3_000_000, maxChunkCountPerGroup: 1 },
  },
};

/** The configuration, for the build and for the front door. Next alone would believe what callers say of themselves. */
export default (phase: string): NextConfig => {
  const isServer = phase === PHASE_DEVELOPMENT_SERVER || phase === PHASE_PRODUCTION_SERVER;
  if (isServer && !process.env.BORING_FRONT_DOOR) {
    throw new Error("Next is not served without the front door. Run `npm start`, or `npm run dev`.");
  }
  return config;
};
