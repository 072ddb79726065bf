import type { FilterPattern, JsonCondition, Logic, SelectorStep, Slot, Term, Value } from "./tree";

/** The pattern as text: parsed again, it gives the same tree. */
export function print(pattern: FilterPattern): string {
  switch (pattern.kind) {
    case "terms":
      return pattern.terms.map(printTerm).join(" ");
    case "regex":
      return `%${pattern.source}%`;
    case "json":
      return `{ ${printLogic(pattern.condition, printCondition)} }`;
    case "delimited":
      return `[${pattern.slots.map(printSlot).join(", ")}]`;
  }
}

function printTerm({ role, text }: Term): string {
  const mark = { include: "", optional: "?", exclude: "-" }[role];
  return mark + (/^[A-Za-z0-9_]+$/.test(text) ? text : quote(text));
}

function printSlot(slot: Slot): string {
  if (slot.kind === "ellipsis") return "...";
  const { name, condition } = slot;
  if (condition === undefined) return name ?? "";
  return printLogic(condition, ({ operator, value }) => `${name ?? ""} ${operator} ${printValue(value)}`);
}

function printCondition(condition: JsonCondition): string {
  const selector = `$${condition.selector.map(printStep).join("")}`;
  if (condition.kind === "not-exists") return `${selector} NOT EXISTS`;
  if (condition.kind === "is") return `${selector} IS ${condition.value}`;
  return `${selector} ${condition.operator} ${printValue(condition.value)}`;
}

function printStep(step: SelectorStep): string {
  switch (step.kind) {
    case "any-key":
      return ".*";
    case "any-index":
      return "[*]";
    case "index":
      return `[${step.index}]`;
    case "key":
      return /^[A-Za-z0-9_-]+$/.test(step.name) ? `.${step.name}` : `.['${step.name}']`;
  }
}

function printValue(value: Value): string {
  if (value.kind === "regex") return `%${value.source}%`;
  return value.kind === "number" ? value.text : quote(value.text);
}

function printLogic<Leaf extends { kind: string }>(
  logic: Logic<Leaf>,
  printLeaf: (leaf: Leaf) => string,
): string {
  if (!isJoined(logic)) return printLeaf(logic);
  return logic.conditions
    .map((condition) => {
      const text = printLogic(condition, printLeaf);
      const bare = !isJoined(condition) || (logic.kind === "or" && condition.kind === "and");
      return bare ? text : `(${text})`;
    })
    .join(logic.kind === "and" ? " && " : " || ");
}

/** Whether a condition joins others. */
export function isJoined<Leaf extends { kind: string }>(
  logic: Logic<Leaf>,
): logic is { kind: "and" | "or"; conditions: Logic<Leaf>[] } {
  return logic.kind === "and" || logic.kind === "or";
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
