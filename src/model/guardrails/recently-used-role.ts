import { formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

const HOUR_MS = 60 * 60_000;

/** IAM API Reference, RoleLastUsed; IAM User Guide, "Last accessed information": activity shows within four hours. */
export const recentlyUsedRole: EntryGuardrail = {
  code: "guardrail-recently-used-role",
  summary:
    "A role that was used in the last hour is at work: somebody's calls start to fail. IAM may take four hours to show a use, so that silence proves nothing.",
  effect: "warn",
  asksAccount: true,
  check({ entry: { entity, mode }, lookup, now }) {
    if (entity.kind !== "role" || lookup.state !== "found" || mode === "deny-session") return undefined;
    const { lastUsed } = lookup;
    if (lastUsed === undefined || now - lastUsed > HOUR_MS) return undefined;
    const minutes = Math.max(0, Math.round((now - lastUsed) / 60_000));
    return {
      message: `${formatEntity(entity)} was used ${minutes} minutes ago: what uses it loses all access`,
      hint: "see by cordon hunt run who uses it; deny-session stops one session",
    };
  },
};
