import { formatEntity } from "./entity";
import type { Problem } from "./error";
import { type EntryCase, type EntryGuardrail, entryGuardrails } from "./guardrails";

/** What the guardrails have to say about an entry, were it new. */
export interface Objections {
  refused: Problem[];
  warned: Problem[];
}

/** Asks every guardrail, and weighs what the entry overrides. */
export function objectionsTo(entryCase: EntryCase): Objections {
  const { entry } = entryCase;
  const overrides = new Map((entry.override ?? []).map(({ rule, reason }) => [rule, reason]));
  const result: Objections = {
    refused: [...overrides.keys()].flatMap((rule) => useless(rule, entryCase)),
    warned: [],
  };
  for (const { code, effect, check } of entryGuardrails) {
    const objection = check(entryCase);
    if (objection === undefined) continue;
    const problem: Problem = { code, ...objection, place: entry.place };
    const why = effect === "override" ? overrides.get(code) : undefined;
    if (why !== undefined) result.warned.push({ ...problem, hint: `overridden in the entry: ${why}` });
    else if (effect === "warn") result.warned.push(problem);
    else
      result.refused.push(
        effect === "override" ? { ...problem, hint: `${problem.hint}: rule: ${code}` } : problem,
      );
  }
  return result;
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
