import ts from "typescript";

const MESSAGES = "lib/i18n/en.json";

/**
 * The messages that no screen names, by their paths. What counts is which message a name stands for, so that the title
 * of one dialog does not keep that of another. A message that is chosen by data of any kind counts as unused.
 */
export const findUnusedMessages = (program: ts.Program): string[] => {
  const checker = program.getTypeChecker();
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith(MESSAGES));
  const messages = new Map<ts.Node, string>();
  const names = new Set<string>();
  const used = new Set<ts.Node>();

  const readMessages = (node: ts.Node, path: string[]): void => {
    if (!ts.isPropertyAssignment(node)) {
      ts.forEachChild(node, (inner) => readMessages(inner, path));
      return;
    }
    const name = (node.name as ts.StringLiteral).text;
    names.add(name);
    if (ts.isObjectLiteralExpression(node.initializer)) readMessages(node.initializer, [...path, name]);
    else messages.set(node, [...path, name].join("."));
  };
  const markUsed = (symbol: ts.Symbol | undefined): void => {
    for (const declaration of symbol?.declarations ?? []) used.add(declaration);
  };
  const toSymbol = (node: ts.Identifier | ts.StringLiteral): ts.Symbol | undefined => {
    const { parent } = node;
    const isTakenOut = ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node;
    return isTakenOut
      ? checker.getTypeAtLocation(parent.parent).getProperty(node.text)
      : checker.getSymbolAtLocation(node);
  };
  // `text[status]` names a message for each status that there is.
  const markChosen = ({ expression, argumentExpression }: ts.ElementAccessExpression): void => {
    for (const chosen of listTypes(checker.getTypeAtLocation(argumentExpression))) {
      if (!chosen.isStringLiteral()) continue;
      for (const type of listTypes(checker.getTypeAtLocation(expression))) markUsed(type.getProperty(chosen.value));
    }
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isIdentifier(node) || ts.isStringLiteral(node)) && names.has(node.text)) markUsed(toSymbol(node));
    if (ts.isElementAccessExpression(node)) markChosen(node);
    ts.forEachChild(node, visit);
  };

  if (!file) throw new Error(`${MESSAGES} is not read by any screen.`);
  readMessages(file, []);
  for (const name of program.getRootFileNames()) {
    const screen = program.getSourceFile(name);
    if (screen) visit(screen);
  }
  return [...messages].filter(([node]) => !used.has(node)).map(([, path]) => path);
};

function listTypes(type: ts.Type): ts.Type[] {
  return type.isUnion() ? type.types : [type];
}
