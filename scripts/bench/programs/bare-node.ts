// The minimum that a server can do: Node's own, with as many bytes as `GET /v2/me` answers.
import { createServer } from "node:http";
import { BARE_ANSWER } from "../bare-answer.ts";

createServer((_request, response) => {
  const body = JSON.stringify(BARE_ANSWER);
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}).listen(Number(process.env.PORT), "127.0.0.1");
