declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  import type * as ReactModule from "react";

  function SwaggerUI(options: SwaggerUI.Options): unknown;

  namespace SwaggerUI {
    /** What plugins receive. Elements must be created with Swagger UI's own React, not with the page's. */
    type System = { React: typeof ReactModule };
    type ElementType = ReactModule.ElementType;
    type Plugin = (system: System) => {
      components?: Record<string, ElementType>;
      wrapComponents?: Record<string, (original: ElementType) => ElementType>;
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
  }

  export = SwaggerUI;
}
