import { formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

/** From how many members on a group is called large. */
const MANY = 10;

export const largeGroup: EntryGuardrail = {
  code: "guardrail-large-group",
  summary: `A deny on a group locks out every member: from ${MANY} members on, the preview says how many.`,
  effect: "warn",
  asksAccount: true,
  check({ entry: { entity }, lookup }) {
    const members = lookup.state === "found" && entity.kind === "group" ? (lookup.members ?? []) : [];
    if (members.length < MANY) return undefined;
    return {
      message: `${formatEntity(entity)} has ${members.length} members, who all lose access`,
      hint: "contain the one user who matters instead, if it is one",
    };
  },
};
