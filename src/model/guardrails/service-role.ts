import { formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

export const serviceRole: EntryGuardrail = {
  code: "guardrail-service-role",
  summary: "A role that an AWS service assumes carries a workload: to deny everything is an outage.",
  effect: "warn",
  asksAccount: true,
  check({ entry: { entity, mode }, lookup }) {
    const services = lookup.state === "found" ? (lookup.services ?? []) : [];
    if (entity.kind !== "role" || services.length === 0 || mode === "deny-session") return undefined;
    return {
      message: `${formatEntity(entity)} is assumed by ${services.join(", ")}: what runs there loses all access`,
      hint: "deny-session stops one session, revoke-sessions those before an instant; see docs/modes.md",
    };
  },
};
