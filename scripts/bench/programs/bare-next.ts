// Unmodified Next around one route that does nothing, on the product's runtime and started in the same way.
import { createServer } from "node:http";
import next from "next";
import { BARE_NEXT_DIR } from "../build-bare-next.ts";

const port = Number(process.env.PORT);
const app = next({ dev: false, dir: BARE_NEXT_DIR, hostname: "127.0.0.1", port, quiet: true });
await app.prepare();
const handle = app.getRequestHandler();
createServer((request, response) => void handle(request, response)).listen(port, "127.0.0.1");
