import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` checks the types of everything; whoever starts the server need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@electric-sql/pglite", "pglite-prisma-adapter", "pg-boss", "mediabunny"],
  // There is nothing to optimise, and the optimiser fetches what it is told to.
  // The title is in the head of the first answer, not streamed after it: a page is never without its name.
  htmlLimitedBots: /.*/,
  images: { unoptimized: true },
};

export default config;
