// The picture of the house in the README, as rules. `npm run check:arrows` also fails when fewer
// modules were cruised than there are files, because a parser that reads nothing finds nothing.
const CORE =
  "^lib/(keys|posts|accounts|audit|leaks|limits|usage|idempotency|networks|publishing|due|outbound|media|standard-webhooks|webhooks|credentials|db|http|pasted)/";
const TEST = "(\\.test\\.tsx?$|/testing/)";
// What is run by hand to measure and to show, with what tests are made of.
const WORKSHOP = "^scripts/(bench|take-screenshots)";

const FRAMEWORKS = "node_modules/(next|next-auth|next-intl|react|react-dom)/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-imports-app",
      comment: "Pages and routes are the top. The front door finds the routes by their folders.",
      severity: "error",
      from: { pathNot: "^app/" },
      to: { path: "^app/" },
    },
    {
      name: "nothing-imports-end-to-end-tests",
      comment: "What they share with others is in lib/testing.",
      severity: "error",
      from: { pathNot: "^e2e/" },
      to: { path: "^e2e/" },
    },
    {
      name: "testing-is-for-tests",
      severity: "error",
      from: { pathNot: ["^e2e/", TEST, WORKSHOP] },
      to: { path: "/testing/" },
    },
    {
      name: "the-product-runs-without-its-tools",
      comment: "What only tests and builds need is not there where dependencies are installed without them.",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: TEST },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    { name: "lib-never-imports-components", severity: "error", from: { path: "^lib/" }, to: { path: "^components/" } },
    {
      name: "components-see-only-schemas",
      severity: "error",
      from: { path: "^components/", pathNot: TEST },
      to: { path: "^lib/", pathNot: "^lib/([^/]+/schema|networks/count-text|keys/shape)\\.ts$" },
    },
    {
      name: "app-stays-above-the-database",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^lib/(db|due|networks|idempotency|server)/" },
    },
    {
      name: "networks-know-no-other-part",
      severity: "error",
      from: { path: "^lib/networks/" },
      to: {
        path: "^lib/(?!networks/|testing/|outbound/|media/|standard-webhooks/|pasted/|problems/|clock|version|env|errors|log)",
      },
    },
    {
      name: "problems-know-languages-alone",
      severity: "error",
      from: { path: "^lib/problems/", pathNot: TEST },
      to: { path: "^lib/(?!problems/|i18n/schema\\.ts$)" },
    },
    {
      name: "the-guard-knows-no-other-part",
      severity: "error",
      from: { path: "^lib/(outbound|media)/" },
      to: { path: "^lib/(?!outbound/|media/|testing/|pasted/|problems/|clock|version|env|errors|log)" },
    },
    {
      name: "what-was-pasted-is-read-by-itself",
      severity: "error",
      from: { path: "^lib/pasted/", pathNot: TEST },
      to: { path: "^lib/(?!pasted/|problems/problem\\.ts$)" },
    },
    {
      name: "signed-messages-know-the-guard-alone",
      severity: "error",
      from: { path: "^lib/standard-webhooks/", pathNot: TEST },
      to: { path: "^lib/(?!standard-webhooks/|outbound/|clock)" },
    },
    {
      name: "only-the-guard-goes-outside",
      comment: "What users and networks name is reached through lib/outbound. The linter keeps `fetch` away likewise.",
      severity: "error",
      from: {
        path: "^(app|lib/(networks|media|posts|accounts|publishing|standard-webhooks|webhooks))/",
        pathNot: TEST,
      },
      to: {
        path: ["^(node:)?(http|https|http2|net|tls|dgram)$", "node_modules/undici/"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "database-is-the-ground",
      severity: "error",
      from: { path: "^lib/db/" },
      to: { path: "^lib/(?!db/|testing/|clock|version|env|errors|log|process-state)" },
    },
    {
      name: "the-core-is-below-the-edge",
      severity: "error",
      from: {
        path: "^lib/(keys|posts|accounts|publishing|due|audit|leaks|limits|usage|idempotency|outbound|media|webhooks|credentials)/",
        pathNot: TEST,
      },
      to: { path: "^lib/(http|auth|server|i18n)/", pathNot: "^lib/i18n/schema\\.ts$" },
    },
    {
      name: "publishing-stands-on-the-rest-of-the-core",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/(publishing|http|server)/" },
      to: { path: "^lib/publishing/" },
    },
    {
      name: "due-work-knows-the-database-alone",
      severity: "error",
      from: { path: "^lib/due/", pathNot: TEST },
      to: { path: "^lib/(?!due/|db/|clock|version|env|errors|log)" },
    },
    {
      name: "the-edge-is-below-the-front-door",
      severity: "error",
      from: { path: "^lib/(http|auth|i18n)/", pathNot: TEST },
      to: { path: "^lib/server/" },
    },
    {
      name: "leaves-import-nothing-of-ours",
      severity: "error",
      from: {
        path: "^lib/(clock|version|env|environment-schema|errors|network-settings|process-state|setting-formats|organizations/address-key|keys/shape)\\.ts$",
      },
      to: {
        path: "^(lib|app|components)/",
        pathNot:
          "^lib/(environment-schema|network-settings|setting-formats|process-state|organizations/address-key|problems/[a-z-]+)\\.ts$",
      },
    },
    {
      name: "the-core-knows-neither-next-nor-react",
      severity: "error",
      from: { path: CORE },
      to: { path: FRAMEWORKS },
    },
    {
      name: "routes-know-neither-next-nor-react",
      comment: "Nor does anything that they import, because Node runs it as it is. Signing in calls next-auth.",
      severity: "error",
      from: { path: "^app/.+/route\\.ts$", pathNot: "^app/api/auth/" },
      to: { path: FRAMEWORKS, reachable: true },
    },
    {
      name: "signing-in-knows-next-auth-alone",
      severity: "error",
      from: { path: "^app/api/auth/" },
      to: { path: "^lib/(auth/get-current-user|i18n/get-messages)\\.ts$", reachable: true },
    },
  ],
  required: [
    {
      name: "every-route-passes-a-wrapper",
      comment: "The reviewed exception is next-auth's own route.",
      severity: "error",
      module: { path: "^app/.+/route\\.ts$", pathNot: "^app/api/auth/" },
      to: { path: "^lib/http/(with-(api-key|session|public|return)|not-found-route)\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(lib/db/generated|\\.next|e2e/networks/servers)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { conditionNames: ["import", "require", "node", "default"], exportsFields: ["exports"] },
  },
};
