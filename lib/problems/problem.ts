import type { CATALOGUE } from "#lib/problems/catalogue";

type Catalogue = typeof CATALOGUE;

/** The name of something that can be wrong. Stored with posts and deliveries, so a name that was released stays. */
type ProblemCode = keyof Catalogue;

// A sentence may show JSON, which is no name.
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `"${string}` ? never : Name) | NamesIn<Rest>
  : never;

/** The values that a problem's sentences are filled with. */
export type ProblemParams = Record<string, string | number>;

type ParamsOf<Code extends ProblemCode> = Record<NamesIn<Catalogue[Code]["api"]>, string | number>;

/** What is wrong, in no language: the catalogue has its sentences. */
export type Problem = { code: ProblemCode; params: ProblemParams };

type Given<Code extends ProblemCode> = [NamesIn<Catalogue[Code]["api"]>] extends [never] ? [] : [ParamsOf<Code>];

/** A problem with every value that its sentences need. */
export const say = <Code extends ProblemCode>(code: Code, ...[params]: Given<Code>): Problem => ({
  code,
  params: params ?? {},
});

/** A problem as the message of a schema's rule, which can be nothing but text. */
export const rule = <Code extends ProblemCode>(code: Code, ...given: Given<Code>): string =>
  toRule(say(code, ...given));

/** The same for a problem that there is already. */
export const toRule = (problem: Problem): string => JSON.stringify(problem);

/** The problem in the message of a schema's rule; undefined for a message that is the schema library's own. */
export const readRule = (message: string): Problem | undefined =>
  message.startsWith('{"code":') ? (JSON.parse(message) as Problem) : undefined;
