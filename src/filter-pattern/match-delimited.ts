import { splitFields } from "./fields";
import { compileLogic, inOrder } from "./match-logic";
import { compileText } from "./match-text";
import { isNumber } from "./parse-comparison";
import type { Comparison, DelimitedPattern, Slot } from "./tree";

type FieldSlot = Extract<Slot, { kind: "field" }>;

/** Makes the test of a space-delimited pattern, and what reads the values of a line that passes. */
export function compileDelimited({ slots }: DelimitedPattern): {
  matches: (message: string) => boolean;
  extract: (message: string) => Record<string, string>;
} {
  const ellipsis = slots.findIndex(({ kind }) => kind === "ellipsis");
  const named = slots.filter((slot): slot is FieldSlot => slot.kind === "field");
  const tests = named.map(
    ({ condition }) => condition && compileLogic<Comparison, string>(condition, compileField),
  );

  /** Which field of a line a slot stands for: those after `...` count from the end. */
  const position = (slot: number, fields: number): number =>
    ellipsis >= 0 && slot >= ellipsis ? fields - named.length + slot : slot;
  const passes = (fields: readonly string[]): boolean =>
    fields.length >= named.length &&
    tests.every((test, slot) => test === undefined || test(fields[position(slot, fields.length)] ?? ""));

  return {
    matches: (message) => passes(splitFields(message)),
    extract: (message) => {
      const values: Record<string, string> = Object.create(null);
      const fields = splitFields(message);
      if (!passes(fields)) return values;
      const names = new Map(named.map(({ name }, slot) => [position(slot, fields.length), name]));
      for (const [index, field] of fields.entries()) values[`$${names.get(index) ?? index + 1}`] = field;
      return values;
    },
  };
}

function compileField({ operator, value: wanted }: Comparison): (field: string) => boolean {
  if (operator !== "=" && operator !== "!=") {
    const limit = wanted.kind === "number" ? wanted.value : Number.NaN;
    return (field) => isNumber(field) && inOrder(Number(field), operator, limit);
  }
  const matchesText = compileText(wanted);
  const equals =
    wanted.kind === "number"
      ? (field: string) => matchesText(field) || (isNumber(field) && Number(field) === wanted.value)
      : matchesText;
  return operator === "=" ? equals : (field) => !equals(field);
}
