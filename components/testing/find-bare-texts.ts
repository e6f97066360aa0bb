import ts from "typescript";

/**
 * The places where React would have to move or remove a text node that has siblings. A translator replaces text nodes with
 * elements. React then fails on the missing node, and the page breaks. A text that is its element's only content is replaced
 * as a whole, which is harmless.
 */
export const findBareTexts = (program: ts.Program): string[] => {
  const checker = program.getTypeChecker();
  const found: string[] = [];

  // The left side of `&&` is rendered only when it is the number 0. React renders nothing for an empty string.
  const canBeText = (node: ts.Expression): boolean => {
    if (!isAnd(node)) return hasText(checker.getTypeAtLocation(node));
    return canBeText(node.right) || hasNumber(checker.getTypeAtLocation(node.left));
  };
  const hasNumber = (type: ts.Type): boolean =>
    type.isUnion() ? type.types.some(hasNumber) : (type.flags & ts.TypeFlags.NumberLike) !== 0;
  const hasText = (type: ts.Type, within: ts.Type[] = []): boolean => {
    if (within.includes(type)) return false;
    if (type.isUnion()) return type.types.some((one) => hasText(one, [...within, type]));
    if (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike)) return true;
    const [item] = checker.isArrayLikeType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [];
    return item !== undefined && hasText(item, [...within, type]);
  };
  const isText = (child: ts.JsxChild): boolean =>
    ts.isJsxText(child) || (ts.isJsxExpression(child) && child.expression !== undefined && canBeText(child.expression));

  const listBareIn = (node: ts.Node): ts.Node[] => {
    if ((isComponent(node) && returnsText(node)) || (ts.isJsxAttribute(node) && isFallback(node))) return [node];
    if (!ts.isJsxElement(node) && !ts.isJsxFragment(node)) return [];
    const children = node.children.filter(isRendered);
    return children.length > 1 || ts.isJsxFragment(node) ? children.filter(isText) : [];
  };
  const isFallback = ({ name, initializer: value }: ts.JsxAttribute): boolean =>
    name.getText() === "fallback" && value !== undefined && isTextValue(value);
  const isTextValue = (value: ts.JsxAttributeValue): boolean =>
    ts.isStringLiteral(value) || (ts.isJsxExpression(value) && !!value.expression && canBeText(value.expression));
  const returnsText = (node: ts.FunctionDeclaration): boolean => {
    const signature = checker.getSignatureFromDeclaration(node);
    return signature !== undefined && hasText(checker.getReturnTypeOfSignature(signature));
  };
  const visit = (node: ts.Node): void => {
    listBareIn(node).forEach(report);
    ts.forEachChild(node, visit);
  };
  const report = (node: ts.Node): void => {
    const file = node.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file.fileName}:${line + 1} ${node.getText().slice(0, 60)}`);
  };

  for (const name of program.getRootFileNames()) {
    const file = program.getSourceFile(name);
    if (name.endsWith(".tsx") && file) visit(file);
  }
  return found;
};

function isAnd(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
}

// False for the source's own line breaks and comments.
function isRendered(child: ts.JsxChild): boolean {
  if (ts.isJsxText(child)) return !child.containsOnlyTriviaWhiteSpaces;
  return !ts.isJsxExpression(child) || child.expression !== undefined;
}

function isComponent(node: ts.Node): node is ts.FunctionDeclaration {
  return ts.isFunctionDeclaration(node) && /^[A-Z]/.test(node.name?.text ?? "");
}
