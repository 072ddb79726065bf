import { formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

const ACTIONS = { user: "iam:GetUser", role: "iam:GetRole", group: "iam:GetGroup" } as const;

export const unreadableEntity: EntryGuardrail = {
  code: "guardrail-unreadable-entity",
  summary: "An entity that IAM gives no answer about cannot be checked by the other guardrails.",
  effect: "refuse",
  asksAccount: true,
  check({ entry, lookup }) {
    if (lookup.state !== "unknown") return undefined;
    return {
      message: `${formatEntity(entry.entity)} could not be looked up: ${lookup.reason}`,
      hint: `run it again, or give the caller ${ACTIONS[entry.entity.kind]}`,
    };
  },
};
