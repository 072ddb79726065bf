import { type Applied, isApplied } from "./applied";
import { formatEntity } from "./entity";
import type { Problem } from "./error";
import { type EntryCase, type EntryGuardrail, entryGuardrails } from "./guardrails";

/** What the guardrails have to say about an entry. */
export interface Objections {
  refused: Problem[];
  warned: Problem[];
}

/**
 * Judges an entry. A guardrail may stop an entry from being added; it never stops one that is applied from being put
 * back: what would be refused is warned of then, and what was warned of once is not said again.
 *
 * @param rules those that can be asked: all of them, unless there is no account to ask.
 */
export function judge(
  entryCase: EntryCase,
  applied: Applied,
  rules: readonly EntryGuardrail[] = entryGuardrails,
): Objections {
  const { entry, lookup } = entryCase;
  if (!isApplied(applied, entry, lookup)) return objectionsTo(entryCase, rules);
  const { refused } = objectionsTo(
    entryCase,
    rules.filter(({ ofNewOnly }) => !ofNewOnly),
  );
  return { refused: [], warned: refused.map((objection) => keptAnyway(objection, entryCase)) };
}

/** Asks every guardrail, as if the entry were new, and weighs what the entry overrides. */
function objectionsTo(entryCase: EntryCase, rules: readonly EntryGuardrail[]): Objections {
  const { entry } = entryCase;
  const overrides = new Map((entry.override ?? []).map(({ rule, reason }) => [rule, reason]));
  const result: Objections = {
    refused: [...overrides.keys()].flatMap((rule) => useless(rule, entryCase)),
    warned: [],
  };
  for (const { code, effect, check } of rules) {
    const objection = check(entryCase);
    if (objection === undefined) continue;
    const problem: Problem = { code, ...objection, place: entry.place };
    const why = effect === "override" ? overrides.get(code) : undefined;
    if (why !== undefined) result.warned.push({ ...problem, hint: `overridden in the entry: ${why}` });
    else if (effect === "warn") result.warned.push(problem);
    else result.refused.push(problem);
  }
  return result;
}

function keptAnyway(objection: Problem, { entry, lookup }: EntryCase): Problem {
  const hint =
    lookup.state === "missing"
      ? "it is skipped, and stays on the list: when it is there again, it is denied again"
      : `${formatEntity(entry.entity)} was contained before and stays so; the list decides`;
  return { ...objection, hint };
}

/** An override that overrides nothing was meant for something else. */
function useless(rule: string, { entry }: EntryCase): Problem[] {
  const guardrail = entryGuardrails.find(({ code }) => code === rule);
  if (guardrail?.effect === "override") return [];
  const about = formatEntity(entry.entity);
  return [
    {
      code: "guardrail-override",
      message: `the entry of ${about} overrides ${rule}, ${guardrail ? EXCUSE[guardrail.effect] : "which is no guardrail"}`,
      hint: `take the override out; it is possible for ${overridable()}`,
      place: entry.place,
    },
  ];
}

const EXCUSE: Record<Exclude<EntryGuardrail["effect"], "override">, string> = {
  refuse: "which nobody can override",
  warn: "which only warns",
};

function overridable(): string {
  return entryGuardrails
    .filter(({ effect }) => effect === "override")
    .map(({ code }) => code)
    .join(", ");
}
