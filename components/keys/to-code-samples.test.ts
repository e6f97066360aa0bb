import { expect, test } from "vitest";
import { toCodeSamples } from "./to-code-samples";

const firstTry = (instead: string) => `first try, then ${instead}`;
const SECRET = "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp";

test("Python's own client speaks https to https addresses and http with its port to others", () => {
  const code = (publicUrl: string) => toCodeSamples({ publicUrl, firstTry })[1]?.code;
  expect(code("https://console.example.com")).toContain('HTTPSConnection("console.example.com")');
  expect(code("http://localhost:3000")).toContain('HTTPConnection("localhost:3000")');
});

test("without a secret no sample holds one, and each names the environment variable", () => {
  for (const { code } of toCodeSamples({ publicUrl: "https://console.example.com", firstTry })) {
    expect(code).toContain("BORING_API_KEY");
    expect(code).not.toMatch(/boring_[0-9A-Za-z]{36}/);
  }
});

test("with a secret every sample holds it once", () => {
  for (const { code } of toCodeSamples({ publicUrl: "https://console.example.com", secret: SECRET, firstTry })) {
    expect(code.split(SECRET)).toHaveLength(2);
  }
});

test("the first sample is one to paste: nothing has to be installed for it, and it leaves no file behind", () => {
  const [first] = toCodeSamples({ publicUrl: "https://console.example.com", secret: SECRET, firstTry });
  expect(first?.name).toBe("cURL");
  expect(first?.code).not.toMatch(/>|@/);
});
