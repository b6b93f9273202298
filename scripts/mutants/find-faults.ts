import ts from 'typescript';

/** A single change of a source text that its tests should notice. */
export interface Fault {
  start: number;
  end: number;
  replacement: string;
}

const { SyntaxKind } = ts;

const OPERATORS: Partial<Record<ts.SyntaxKind, string>> = {
  [SyntaxKind.LessThanToken]: '<=',
  [SyntaxKind.LessThanEqualsToken]: '<',
  [SyntaxKind.GreaterThanToken]: '>=',
  [SyntaxKind.GreaterThanEqualsToken]: '>',
  [SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [SyntaxKind.AmpersandAmpersandToken]: '||',
  [SyntaxKind.BarBarToken]: '&&',
  [SyntaxKind.PlusToken]: '-',
  [SyntaxKind.MinusToken]: '+',
};

const METHODS: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  isSafeInteger: 'isInteger',
};
const DROPPED_METHODS: ReadonlySet<string> = new Set(['filter', 'slice', 'sort', 'trim', 'toLowerCase']);

/** Finds the faults of one node, without those of its children. */
type Rule = (node: ts.Node, text: (part: ts.Node) => string) => readonly string[];

/** Replacements of the whole node. */
const RULES: readonly Rule[] = [
  (node, text) => {
    if (!ts.isBinaryExpression(node)) return [];
    if (node.operatorToken.kind === SyntaxKind.QuestionQuestionToken) return [text(node.left)];
    const operator = OPERATORS[node.operatorToken.kind];
    return operator === undefined ? [] : [`(${text(node.left)} ${operator} ${text(node.right)})`];
  },
  (node, text) => {
    const { parent } = node;
    const isCondition =
      (ts.isIfStatement(parent) && parent.expression === node) ||
      (ts.isConditionalExpression(parent) && parent.condition === node);
    return isCondition && !ts.isBinaryExpression(node) && !ts.isPrefixUnaryExpression(node) ? [`!(${text(node)})`] : [];
  },
  (node, text) =>
    ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken ? [text(node.operand)] : [],
  (node) => (ts.isExpressionStatement(node) && !isSuperCall(node.expression) ? [';'] : []),
  (node) =>
    ts.isReturnStatement(node) && node.expression && isWorthLosing(node.expression) ? ['return undefined;'] : [],
  (node) => (ts.isArrowFunction(node.parent) && node.parent.body === node && isCall(node) ? ['undefined'] : []),
  (node) => {
    if (node.kind === SyntaxKind.TrueKeyword) return ['false'];
    return node.kind === SyntaxKind.FalseKeyword ? ['true'] : [];
  },
  (node) => (ts.isStringLiteralLike(node) && isWord(node) ? ["''"] : []),
  (node, text) =>
    ts.isTemplateExpression(node)
      ? node.templateSpans.map(({ expression }) => text(node).replace(`\${${text(expression)}}`, ''))
      : [],
  (node) => {
    if (!ts.isRegularExpressionLiteral(node)) return [];
    return [node.text.replace(/^\/\^/, '/'), node.text.replace(/(?<!\\)\$(?=\/[a-z]*$)/, '')].filter(
      (one) => one !== node.text,
    );
  },
  (node, text) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
    const { expression: target, name } = node.expression;
    if (DROPPED_METHODS.has(name.text)) return [text(target)];
    const other = METHODS[name.text];
    const rest = node.arguments.map(text).join(', ');
    return other === undefined ? [] : [`${text(target)}.${other}(${rest})`];
  },
];

function isSuperCall(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && node.expression.kind === SyntaxKind.SuperKeyword;
}

const isCall = (node: ts.Node): boolean => ts.isCallExpression(node) || ts.isVoidExpression(node);

const isWorthLosing = (node: ts.Expression): boolean =>
  !ts.isLiteralExpression(node) &&
  node.kind !== SyntaxKind.TrueKeyword &&
  node.kind !== SyntaxKind.FalseKeyword &&
  node.getText() !== 'undefined';

/** Words mean something to a program; sentences are for people. */
function isWord(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  const isTypeName = ts.isBinaryExpression(parent) && ts.isTypeOfExpression(parent.left);
  const isName = ts.isPropertyAssignment(parent) && parent.name === node;
  return /^\S+$/.test(node.text) && !isTypeName && !isName;
}

const isWithoutFaults = (node: ts.Node): boolean =>
  ts.isTypeNode(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isImportDeclaration(node);

/** Finds every fault that a source text can have by a rule, in the order of its text. */
export function findFaults(source: string): Fault[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022, true);
  const text = (node: ts.Node): string => node.getText(file);
  const faults: Fault[] = [];
  function visit(node: ts.Node): void {
    if (isWithoutFaults(node)) return;
    for (const rule of node === file ? [] : RULES) {
      for (const replacement of rule(node, text)) {
        faults.push({ start: node.getStart(file), end: node.getEnd(), replacement });
      }
    }
    ts.forEachChild(node, visit);
  }
  visit(file);
  return faults;
}
