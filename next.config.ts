import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["@electric-sql/pglite", "pglite-prisma-adapter"],
  // There is nothing to optimise, and the optimiser fetches what it is told to.
  images: { unoptimized: true },
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(config);
