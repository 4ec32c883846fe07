import { wordsIn, type Node } from './uses-of-messages.js';

/** What is called with sentences for a log, a terminal or a programmer, and those that say them themselves. */
const FOR_OTHERS =
  /^(log|announce|text|debug|info|warn|error|\w*Error|ChangedMeanwhile|StoreMisuse|AuditInterrupted)$/u;

/** Three words or more, to the end of a sentence, or with other words at its end. */
const SENTENCE = /^\S+ \S+ .*\.$|^\p{Lu}\S* \S+ .*: X$/su;

/** Every sentence that some syntax writes and that may reach a card; each place of a template as X. */
export function writtenSentences(tree: unknown): readonly string[] {
  return wordsWritten(tree).filter((words) => SENTENCE.test(words));
}

function wordsWritten(tree: unknown): readonly string[] {
  if (Array.isArray(tree)) return tree.flatMap(wordsWritten);
  if (!isNode(tree) || tree.type.startsWith('TS') || tree.type === 'ImportDeclaration') return [];
  if (FOR_OTHERS.test(calledIn(tree))) return [];
  const words = joinedWords(tree);
  if (words !== undefined) return [words];
  return Object.entries(tree).flatMap(([key, child]) => (key === 'loc' ? [] : wordsWritten(child)));
}

/** What some functions are called with, where it is written in the call; each place of a template as X. */
export function wordsGivenTo(functions: RegExp, tree: unknown): readonly string[] {
  if (Array.isArray(tree)) return tree.flatMap((each) => wordsGivenTo(functions, each));
  if (!isNode(tree)) return [];
  const given = functions.test(calledIn(tree)) ? wordsWritten(tree['arguments']) : [];
  const inside = Object.entries(tree).flatMap(([key, child]) =>
    key === 'loc' ? [] : wordsGivenTo(functions, child),
  );
  return [...given, ...inside];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The name of what a call or `new` calls, of a method that of its object: `log` of `doors.log.warn`. */
function calledIn({ type, callee }: Node): string {
  if ((type !== 'CallExpression' && type !== 'NewExpression') || !isNode(callee)) return '';
  if (callee.type !== 'MemberExpression') return nameOf(callee);
  const [object, property] = [callee['object'] as Node, callee['property'] as Node];
  const owner = object.type === 'MemberExpression' ? (object['property'] as Node) : object;
  return nameOf(owner) === 'log' ? 'log' : nameOf(property);
}

function nameOf({ name }: Node): string {
  return typeof name === 'string' ? name : '';
}

/** A literal, a template, or several of them with a plus between. */
function joinedWords(node: Node): string | undefined {
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return wordsIn(node, 'X');
  const [left, right] = [joinedWords(node['left'] as Node), joinedWords(node['right'] as Node)];
  if (left === undefined && right === undefined) return undefined;
  return `${left ?? 'X'}${right ?? 'X'}`;
}
