import { compileLogic, inOrder } from "./match-logic";
import { compileText } from "./match-text";
import { NumberTexts } from "./number-text";
import type { Comparison, JsonCondition, JsonPattern, SelectorStep } from "./tree";

/** A message and what it says. */
class Subject {
  private texts?: NumberTexts;

  constructor(
    private readonly message: string,
    readonly root: unknown,
  ) {}

  /** The number at `path` as the message writes it. */
  numberText(path: (string | number)[]): string {
    this.texts ??= new NumberTexts(this.message);
    return this.texts.at(path);
  }
}

/** Which key or index a selector's wildcard stands for. */
type Wild = string | number | undefined;
type ValueTest = (value: unknown, wild: Wild, subject: Subject) => boolean;

/** Makes the test of a JSON pattern. A message that is no JSON object or array never matches. */
export function compileJson(pattern: JsonPattern): (message: string) => boolean {
  const test = compileLogic<JsonCondition, Subject>(pattern.condition, compileCondition);
  return (message) => {
    if (!/^\s*[{[]/.test(message)) return false;
    let root: unknown;
    try {
      root = JSON.parse(message);
    } catch {
      return false;
    }
    return test(new Subject(message, root));
  };
}

function compileCondition(condition: JsonCondition): (subject: Subject) => boolean {
  const { selector } = condition;
  if (condition.kind === "not-exists") return (subject) => !some(selector, subject, () => true);
  if (condition.kind === "is") {
    const wanted = { NULL: null, TRUE: true, FALSE: false }[condition.value];
    return (subject) => some(selector, subject, (value) => value === wanted);
  }
  const test = compileComparison(condition, selector);
  return (subject) => some(selector, subject, test);
}

/** Whether any value that the selector points at passes. An absent field has none, so nothing passes. */
function some(selector: readonly SelectorStep[], subject: Subject, test: ValueTest): boolean {
  return visit(subject.root, 0, undefined, selector, subject, test);
}

function visit(
  from: unknown,
  start: number,
  wild: Wild,
  selector: readonly SelectorStep[],
  subject: Subject,
  test: ValueTest,
): boolean {
  let value = from;
  for (let at = start; at < selector.length; at++) {
    const step = selector[at];
    if (typeof value !== "object" || value === null || step === undefined) return false;
    const further = (inner: unknown, key: Wild): boolean =>
      visit(inner, at + 1, key, selector, subject, test);
    if (Array.isArray(value)) {
      if (step.kind === "any-index") return value.some(further);
      if (step.kind !== "index" || step.index >= value.length) return false;
      value = value[step.index];
    } else {
      if (step.kind === "any-key") return Object.entries(value).some(([key, inner]) => further(inner, key));
      if (step.kind !== "key" || !Object.hasOwn(value, step.name)) return false;
      value = Reflect.get(value, step.name);
    }
  }
  return test(value, wild, subject);
}

/** Strings, numbers and booleans are compared; null, objects and arrays never match, `!=` included. */
function compileComparison(
  { operator, value: wanted }: Comparison,
  selector: readonly SelectorStep[],
): ValueTest {
  if (operator !== "=" && operator !== "!=") {
    const limit = wanted.kind === "number" ? wanted.value : Number.NaN;
    return (value) => typeof value === "number" && inOrder(value, operator, limit);
  }
  const matchesText = compileText(wanted);
  const equals = (value: string | number | boolean, wild: Wild, subject: Subject): boolean => {
    if (typeof value === "string") return matchesText(value);
    if (wanted.kind === "number") return value === wanted.value;
    if (typeof value === "boolean") return matchesText(String(value));
    return matchesText(subject.numberText(pathOf(selector, wild)));
  };
  return (value, wild, subject) => {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return false;
    return equals(value, wild, subject) === (operator === "=");
  };
}

function pathOf(selector: readonly SelectorStep[], wild: Wild): (string | number)[] {
  return selector.map((step) => {
    if (step.kind === "key") return step.name;
    return step.kind === "index" ? step.index : (wild ?? "");
  });
}
