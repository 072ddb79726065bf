import type { Comparison, FilterPattern, Logic, SelectorStep, Value } from "../../src/filter-pattern/tree";

/** A field of a line: in brackets, in quotes of which a backslash spares some, or up to a blank. */
const FIELD = /\[([^\]]*)\](?= |$)|"((?:[^"]|(?<=\\)")*)(?<!\\)"(?= |$)|[^ ]+/g;

/**
 * What a pattern means, as plainly as it can be said: no compiling, no care for time. It knows the tree and nothing
 * else of the code that it checks.
 */
export function slowlyMatches(pattern: FilterPattern, message: string): boolean {
  switch (pattern.kind) {
    case "terms": {
      const optionalOnly = pattern.terms.every(({ role }) => role === "optional");
      const holds = (text: string) => /^\s*$/.test(text) || message.indexOf(text) >= 0;
      if (pattern.terms.length === 0) return true;
      if (optionalOnly) return pattern.terms.filter(({ text }) => holds(text)).length > 0;
      return pattern.terms.every(
        ({ role, text }) => role === "optional" || holds(text) === (role === "include"),
      );
    }
    case "regex":
      return new RegExp(pattern.source.replaceAll("{,", "{0,")).test(message);
    case "json": {
      const root = parsed(message);
      if (typeof root !== "object" || root === null) return false;
      return holds(pattern.condition, (leaf) => {
        const values = select([root], leaf.selector);
        if (leaf.kind === "not-exists") return values.length === 0;
        if (leaf.kind === "is") return values.includes(JSON.parse(leaf.value.toLowerCase()));
        return values.some((value) => {
          if (value === null || typeof value === "object") return false;
          if (typeof value === "number" && leaf.value.kind === "number")
            return ordered(value, leaf, leaf.value.value);
          if (leaf.operator !== "=" && leaf.operator !== "!=") return false;
          if (typeof value === "boolean" && leaf.value.kind === "number") return leaf.operator === "!=";
          return textual(String(value), leaf.value) === (leaf.operator === "=");
        });
      });
    }
    case "delimited": {
      const fields = [...message.matchAll(FIELD)].map(
        ([field, inBrackets, inQuotes]) => inBrackets ?? inQuotes ?? field,
      );
      const named = pattern.slots.filter((slot) => slot.kind === "field").length;
      if (fields.length < named) return false;
      const at = pattern.slots.findIndex((slot) => slot.kind === "ellipsis");
      if (at >= 0) fields.splice(at, fields.length - named, "(any)");
      return pattern.slots.every((slot, index) => {
        if (slot.kind === "ellipsis" || slot.condition === undefined) return true;
        const field = fields[index] ?? "";
        return holds(slot.condition, (leaf) => {
          const number =
            leaf.value.kind === "number" && /^-?\d+(\.\d+)?$/.test(field) ? leaf.value.value : undefined;
          if (number !== undefined) return ordered(Number(field), leaf, number);
          if (leaf.operator !== "=" && leaf.operator !== "!=") return false;
          return textual(field, leaf.value) === (leaf.operator === "=");
        });
      });
    }
  }
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function select(values: unknown[], [step, ...rest]: readonly SelectorStep[]): unknown[] {
  if (step === undefined) return values;
  const inner = values.flatMap((value): unknown[] => {
    if (Array.isArray(value)) {
      if (step.kind === "any-index") return value;
      return step.kind === "index" ? value.slice(step.index, step.index + 1) : [];
    }
    if (typeof value !== "object" || value === null) return [];
    if (step.kind === "any-key") return Object.values(value);
    return Object.entries(value).flatMap(([key, found]) =>
      step.kind === "key" && key === step.name ? [found] : [],
    );
  });
  return select(inner, rest);
}

function holds<Leaf extends { kind: string }>(
  logic: Logic<Leaf>,
  leafHolds: (leaf: Leaf) => boolean,
): boolean {
  if (!("conditions" in logic)) return leafHolds(logic);
  const results = logic.conditions.map((condition) => holds(condition, leafHolds));
  return logic.kind === "and" ? !results.includes(false) : results.includes(true);
}

function ordered(left: number, { operator }: Comparison, right: number): boolean {
  if (operator === "=") return left === right;
  if (operator === "!=") return left !== right;
  if (operator.endsWith("=") && left === right) return true;
  return operator.startsWith("<") ? left < right : left > right;
}

function textual(text: string, value: Value): boolean {
  if (value.kind === "number") return text === value.text;
  if (value.kind === "regex") return new RegExp(value.source.replaceAll("{,", "{0,")).test(text);
  return glob(value.text, text);
}

function glob(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern.startsWith("*")) {
    return glob(pattern.slice(1), text) || (text !== "" && glob(pattern, text.slice(1)));
  }
  return text.startsWith(pattern.charAt(0)) && glob(pattern.slice(1), text.slice(1));
}
