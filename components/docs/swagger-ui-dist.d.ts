declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  import type * as ReactModule from "react";

  /** What plugins are given. Elements must be made by its React, which is not the page's. */
  export type System = { React: typeof ReactModule; getComponent(name: string, isContainer?: boolean): ElementType };
  export type ElementType = ReactModule.ElementType;
  export type Plugin = (system: System) => {
    components?: Record<string, ElementType>;
    wrapComponents?: Record<string, (original: ElementType, system: System) => ElementType>;
  };

  type Options = {
    domNode: Element;
    spec: object;
    layout: string;
    plugins: Plugin[];
    deepLinking: boolean;
    supportedSubmitMethods: string[];
    syntaxHighlight: { activated: boolean };
    validatorUrl: null;
    onComplete: () => void;
  };

  function SwaggerUI(options: Options): unknown;

  export { SwaggerUI as default };
}
