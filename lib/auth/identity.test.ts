import { expect, test } from "vitest";
import { toIdentity } from "#lib/auth/identity";

const CLAIMS = { iss: "https://id.example", sub: "42", email: "ada@example.com" };

test("issuer and subject come from the token, and nothing but what is shown is kept of the rest", () => {
  const claims = { ...CLAIMS, name: "Ada", picture: "https://pictures.example/ada.png", hd: "example.com" };
  expect(toIdentity(claims)).toEqual({
    issuer: "https://id.example",
    subject: "42",
    email: "ada@example.com",
    name: "Ada",
    picture: "https://pictures.example/ada.png",
  });
});

test.each(["iss", "sub", "email"])("claims without %s name nobody", (claim) => {
  for (const value of [undefined, "", 7, ["x"], { not: "" }]) {
    expect(() => toIdentity({ ...CLAIMS, [claim]: value })).toThrow();
  }
});

test("a name is one line of at most 200 characters, or none", () => {
  expect(toIdentity({ ...CLAIMS, name: " Ada\nChen " }).name).toBe("Ada Chen");
  expect([...(toIdentity({ ...CLAIMS, name: "😀".repeat(300) }).name ?? "")]).toHaveLength(200);
  for (const name of [undefined, "", " ", 7, { a: 1 }]) expect(toIdentity({ ...CLAIMS, name }).name).toBeNull();
});

test("a picture is an https address, or none", () => {
  for (const picture of [
    "http://x.example/",
    "javascript:alert(1)",
    "data:image/png,x",
    `https://${"x".repeat(3000)}`,
    7,
  ]) {
    expect(toIdentity({ ...CLAIMS, picture }).picture).toBeNull();
  }
});
