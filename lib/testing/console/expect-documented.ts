import { expect } from "@playwright/test";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** What a server answered; `json` is empty when the body is none. */
export type Answer = { status: number; headers: Headers; text: string; json: Record<string, unknown> };

type Response = { content?: { "application/json"?: { schema: object } } };
type Document = { paths: Record<string, Record<string, { responses: Record<string, Response> }>>; components: object };
type Contract = { document: Document; validators: Map<string, ValidateFunction> };

const contracts = new Map<string, Promise<Contract>>();

/** Expects an answer of a documented path to have a documented status and, where it has a body, the documented shape. */
export const expectDocumented = async (url: string, method: string, path: string, answer: Answer): Promise<void> => {
  const contract = await read(url);
  const { pathname } = new URL(path, url);
  const template = Object.keys(contract.document.paths).find((candidate) => isMatch(candidate, pathname));
  const operation = template && contract.document.paths[template]?.[method.toLowerCase()];
  if (!operation) return;
  const where = `${method} ${template} ${answer.status}`;
  const response = operation.responses[answer.status];
  expect(response, `${where} is documented`).toBeDefined();
  const schema = response?.content?.["application/json"]?.schema;
  if (!schema) return;
  const validate = contract.validators.get(where) ?? compile(contract.document, schema);
  contract.validators.set(where, validate);
  expect(validate(answer.json), `${where}: ${JSON.stringify(validate.errors)} in ${answer.text}`).toBe(true);
};

function read(url: string): Promise<Contract> {
  const known = contracts.get(url);
  if (known) return known;
  const reading = fetch(`${url}/openapi.json`).then(async (response) => ({
    document: (await response.json()) as Document,
    validators: new Map<string, ValidateFunction>(),
  }));
  contracts.set(url, reading);
  return reading;
}

function isMatch(template: string, pathname: string): boolean {
  const [expected, actual] = [template.split("/"), pathname.split("/")];
  return (
    expected.length === actual.length && expected.every((part, index) => part.startsWith("{") || part === actual[index])
  );
}

function compile(document: Document, schema: object): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return ajv.compile({ ...schema, components: document.components });
}
