import { isJoined } from "./print";
import type { Logic, Operator } from "./tree";

/** Makes a test of a condition from tests of its leaves. */
export function compileLogic<Leaf extends { kind: string }, Subject>(
  logic: Logic<Leaf>,
  compileLeaf: (leaf: Leaf) => (subject: Subject) => boolean,
): (subject: Subject) => boolean {
  if (!isJoined(logic)) return compileLeaf(logic);
  const tests = logic.conditions.map((condition) => compileLogic(condition, compileLeaf));
  return logic.kind === "and"
    ? (subject) => tests.every((test) => test(subject))
    : (subject) => tests.some((test) => test(subject));
}

/** Whether two numbers stand in the order that an operator asks for. */
export function inOrder(left: number, operator: Operator, right: number): boolean {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "=":
      return left === right;
    case "!=":
      return left !== right;
  }
}
