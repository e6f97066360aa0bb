import type { CATALOGUE } from "#lib/problems/catalogue";

type Catalogue = typeof CATALOGUE;

/** The code of a problem. Posts and deliveries store it, so a released code must never change. */
type ProblemCode = keyof Catalogue;

// Braces in a sentence may also be JSON, which is not a placeholder.
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `"${string}` ? never : Name) | NamesIn<Rest>
  : never;

/** The values for the placeholders in a problem's sentences. */
export type ProblemParams = Record<string, string | number>;

type ParamsOf<Code extends ProblemCode> = Record<NamesIn<Catalogue[Code]["api"]>, string | number>;

/** A problem, independent of language. The catalogue has its sentences. */
export type Problem = { code: ProblemCode; params: ProblemParams };

type Given<Code extends ProblemCode> = [NamesIn<Catalogue[Code]["api"]>] extends [never] ? [] : [ParamsOf<Code>];

/** Makes a problem with every value that its sentences need. */
export const say = <Code extends ProblemCode>(code: Code, ...[params]: Given<Code>): Problem => ({
  code,
  params: params ?? {},
});

/** Encodes a problem as the message of a schema rule, which must be text. */
export const rule = <Code extends ProblemCode>(code: Code, ...given: Given<Code>): string =>
  toRule(say(code, ...given));

/** Encodes an existing problem as the message of a schema rule. */
export const toRule = (problem: Problem): string => JSON.stringify(problem);

/** Decodes the problem in a schema rule's message. Returns undefined for the schema library's own messages. */
export const readRule = (message: string): Problem | undefined =>
  message.startsWith('{"code":') ? (JSON.parse(message) as Problem) : undefined;
