import { subscribe, unsubscribe } from "node:diagnostics_channel";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fetchOutside } from "#lib/outbound/fetch-outside";
import { allowHosts, serve } from "#lib/outbound/testing/test-server";

// Node tells of every connection that this process begins, wherever it leads.
let begun = 0;
const count = () => {
  begun += 1;
};

beforeEach(() => {
  begun = 0;
  subscribe("net.client.socket", count);
  allowHosts();
});
afterEach(() => unsubscribe("net.client.socket", count));

const expectRefusal = async (url: string, code: string, resolve?: () => Promise<string[]>) => {
  await expect(fetchOutside(url, resolve && { resolve }), url).rejects.toMatchObject({ code, wasSent: false });
  expect(begun).toBe(0);
};

test("a connection that is begun is counted", async () => {
  const server = await serve((_request, response) => response.end());
  allowHosts(`127.0.0.1:${server.port}`);
  expect(await fetchOutside(server.url)).toMatchObject({ status: 200 });
  expect(begun).toBe(1);
});

test.each([
  "http://127.0.0.1/",
  "https://127.0.0.1/",
  "http://127.0.0.1:443/",
  "http:127.0.0.1",
  "http:\\\\127.0.0.1\\",
  " http://127.0.0.1/",
  "http://127.0.0.1./",
  "http://127.1/",
  "http://127.0.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0x7f.1/",
  "http://017700000001/",
  "http://0177.0.0.01/",
  "http://0177.0x0.1/",
  "http://%31%32%37.0.0.1/",
  "http://①②⑦.⓪.⓪.①/",
  "http://１２７。０。０。１/",
  "http://127\t.0.\n0.1/",
  "http://0/",
  "http://0.0.0.0/",
  "http://10.0.0.1/",
  "http://100.64.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://0xa9fea9fe/",
  "http://172.16.0.1/",
  "http://192.168.0.1/",
  "http://198.18.0.1/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
  "http://[::]/",
  "http://[::1]/",
  "http://[0:0:0:0:0:0:0:1]/",
  "http://[::127.0.0.1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[::ffff:0:127.0.0.1]/",
  "http://[64:ff9b::127.0.0.1]/",
  "http://[64:ff9b:1::1.1.1.1]/",
  "http://[2002:7f00:1::]/",
  "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
  "http://[fc00::1]/",
  "http://[fd00:ec2::254]/",
  "http://[fe80::1]/",
  "http://[ff02::1]/",
  "http://localhost/",
  "http://LOCALHOST/",
])("%j is refused before anything is connected to", (url) => expectRefusal(url, "ForbiddenAddress"));

test.each([
  "",
  "127.0.0.1",
  "//127.0.0.1/",
  "http://",
  "http://[fe80::1%25lo]/",
  "http://[::1%lo]/",
  "http://0x7f.0.0.0.1/",
  "http://256.0.0.1/",
  "http://127.0.0.1:65536/",
  "http://user@1.1.1.1/",
  "http://user:password@1.1.1.1/",
  "http://:password@1.1.1.1/",
  "ftp://1.1.1.1/",
  "file:///etc/passwd",
  "gopher://1.1.1.1/",
  "data:text/plain,a",
  "javascript:alert(1)",
])("%j is no address to fetch from", (url) => expectRefusal(url, "InvalidUrl"));

test.each(["http://1.1.1.1:0/", "http://1.1.1.1:22/", "https://1.1.1.1:8443/", "http://[::1]:6379/", "http://a:25/"])(
  "%s is at a port that may not be used",
  (url) => expectRefusal(url, "ForbiddenPort"),
);

test("no spelling of an address that is not on the internet is connected to", async () => {
  const inside = fc.oneof(
    fc.nat({ max: 2 ** 24 - 1 }).map((rest) => 10 * 2 ** 24 + rest),
    fc.nat({ max: 2 ** 24 - 1 }).map((rest) => 127 * 2 ** 24 + rest),
    fc.nat({ max: 2 ** 16 - 1 }).map((rest) => 0xa9fe * 2 ** 16 + rest),
    fc.nat({ max: 2 ** 16 - 1 }).map((rest) => 0xc0a8 * 2 ** 16 + rest),
  );
  const base = fc.constantFrom(
    (part: number) => String(part),
    (part: number) => `0x${part.toString(16)}`,
    (part: number) => `0${part.toString(8)}`,
  );
  const spelling = fc.tuple(inside, fc.integer({ min: 1, max: 4 }), fc.array(base, { minLength: 4, maxLength: 4 }));
  const property = fc.asyncProperty(spelling, async ([address, parts, bases]) => {
    const bytes = [24, 16, 8].slice(0, parts - 1).map((shift) => Math.floor(address / 2 ** shift) % 256);
    const rest = address % 2 ** (8 * (5 - parts));
    const host = [...bytes, rest].map((part, index) => bases[index]?.(part)).join(".");
    await expectRefusal(`http://${host}/`, "ForbiddenAddress");
  });
  await fc.assert(property);
});

describe("a name", () => {
  test.each([
    ["127.0.0.1"],
    ["::1"],
    ["::ffff:10.0.0.1"],
    ["fe80::1%lo"],
    ["1.1.1.1", "192.168.1.1"],
    ["2606:4700::1111", "fd00::1"],
    ["not an address"],
  ])("with the address %s is refused", (...addresses) =>
    expectRefusal("http://inside.test/", "ForbiddenAddress", async () => addresses),
  );

  test("without an address, or that nobody knows, cannot be resolved", async () => {
    await expectRefusal("http://nowhere.test/", "ResolutionFailed", async () => []);
    await expectRefusal("http://nowhere.test/", "ResolutionFailed", () => Promise.reject(new Error("ENOTFOUND")));
    await expectRefusal(`http://${"longer-than-dns-can-ask-for".repeat(3)}.test/`, "ResolutionFailed");
  });

  test("is asked for once, so that it cannot change its mind between the check and the connection", async () => {
    const server = await serve((_request, response) => response.end("there"));
    allowHosts(`rebind.test:${server.port}`);
    const answers = [["127.0.0.1"], ["192.168.0.1"]];
    const resolve = async () => answers.shift() ?? [];
    expect(await fetchOutside(`http://rebind.test:${server.port}/`, { resolve })).toMatchObject({ status: 200 });
    expect(answers).toEqual([["192.168.0.1"]]);
    expect(server.requests[0]?.headers.host).toBe(`rebind.test:${server.port}`);
  });
});

test("what the operator allows is one host at one port and not what else leads there", async () => {
  const server = await serve((_request, response) => response.end());
  const { port } = server;
  allowHosts(`127.0.0.1:${port}`, `inside.test:${port}`);
  const resolve = async () => ["127.0.0.1"];
  expect(await fetchOutside(`http://2130706433:${port}/`)).toMatchObject({ status: 200 });
  expect(await fetchOutside(`http://inside.test:${port}/`, { resolve })).toMatchObject({ status: 200 });
  expect(server.connections).toHaveLength(2);
  const elsewhere = [
    `http://127.0.0.2:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://localhost:${port}/`,
    `http://other.test:${port}/`,
    `http://a.inside.test:${port}/`,
    `http://inside.test.:${port}/`,
    `http://127.0.0.1:${port === 65535 ? port - 1 : port + 1}/`,
  ];
  for (const url of elsewhere) {
    await expect(fetchOutside(url, { resolve }), url).rejects.toMatchObject({ code: "ForbiddenPort" });
  }
  await expect(fetchOutside("http://inside.test/", { resolve })).rejects.toMatchObject({ code: "ForbiddenAddress" });
  expect(server.connections).toHaveLength(2);
});
