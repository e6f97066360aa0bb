import type { ElementType, Plugin } from "swagger-ui-dist/swagger-ui-es-bundle.js";

type GroupProps = { tag: string; children?: React.ReactNode };
type SummaryProps = {
  operationProps: { get(name: string): string; getIn(path: string[]): string | undefined };
  isShown: boolean;
  toggleShown: () => void;
};

/**
 * Reduces Swagger UI to its explanations of operations, with headings in order and one button for each operation. Removes
 * everything that asks for a credential.
 */
export const referencePlugin: Plugin = ({ React: { createElement: element, useEffect, useRef } }) => ({
  components: {
    Reference: ({ getComponent }: { getComponent: (name: string, isContainer: boolean) => ElementType }) =>
      element(getComponent("operations", true)),

    OperationTag: ({ tag, children }: GroupProps) =>
      element(
        "section",
        { className: "reference-group", "aria-label": tag },
        element("h2", { className: "reference-heading" }, `/${tag.replace(" ", "/")}`),
        children,
      ),

    OperationSummary: ({ operationProps, isShown, toggleShown }: SummaryProps) => {
      const method = operationProps.get("method").toUpperCase();
      const part = (name: string, content: string | undefined) =>
        element("span", { className: `reference-${name}` }, content);
      return element(
        "h3",
        null,
        element(
          "button",
          { type: "button", "aria-expanded": isShown, onClick: toggleShown, className: "reference-summary" },
          part(`method ${method.toLowerCase()}`, method),
          part("path", operationProps.get("path")),
          part("what", operationProps.getIn(["op", "summary"])),
        ),
      );
    },
  },
  wrapComponents: {
    // Swagger UI makes each operation's table of responses a landmark without a name.
    responses: (Original) =>
      function Responses(props: object) {
        const place = useRef<HTMLDivElement>(null);
        useEffect(() => place.current?.querySelector("table[role=region]")?.removeAttribute("role"));
        return element("div", { ref: place }, element(Original, props));
      },
  },
});
