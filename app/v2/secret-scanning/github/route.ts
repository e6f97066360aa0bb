import { reportGithubMatchesOperation } from "#lib/http/leak-operations";
import { routeMethods } from "#lib/http/route-methods";
import { toReporter } from "#lib/http/to-reporter";
import { withAnonymous } from "#lib/http/with-public";
import { reportLeakedKeys } from "#lib/leaks/report-leaked-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  POST: withAnonymous(reportGithubMatchesOperation, async ({ body, request }) => {
    const found = body.map(({ token, url }) => ({ text: token, url }));
    const answers = await reportLeakedKeys(found, toReporter("github", request.headers));
    return {
      body: body.map(({ token, type }, index) => ({
        token_raw: token,
        token_type: type,
        label: answers[index] ? ("true_positive" as const) : ("false_positive" as const),
      })),
    };
  }),
});
