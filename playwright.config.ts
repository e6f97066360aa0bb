import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "e2e",
  // These have a runner of their own: `npm run test:networks`.
  testIgnore: "**/e2e/networks/**",
  fullyParallel: true,
  // Each worker runs a browser and a server with its own database.
  workers: 2,
  forbidOnly: true,
  // Room for a computer that has other work: what passes takes no longer for it.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
