import { tactics } from "../../model/attack";
import type { Chosen } from "./select";
import type { Summary } from "./summary";

/** What one hunt found. */
export interface Finding extends Chosen, Summary {}

/** What the order is, for people. */
export const ORDER =
  "most telling first: what was done before what only failed, then what happened least often";

/**
 * Puts what tells most first. What succeeded did harm, and what only failed did not, yet; of either, the call that
 * hardly anybody makes tells more than one that is made all day. It is no judgement of guilt.
 */
export function ranked(findings: readonly Finding[]): Finding[] {
  const order = Object.keys(tactics);
  const onlyFailed = ({ failed, events }: Finding) => Number(failed === events);
  return [...findings].sort(
    (a, b) =>
      onlyFailed(a) - onlyFailed(b) ||
      a.events - b.events ||
      order.indexOf(a.hunt.tactic) - order.indexOf(b.hunt.tactic) ||
      (a.hunt.id < b.hunt.id ? -1 : 1),
  );
}
