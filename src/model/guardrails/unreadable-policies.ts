import { formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

export const unreadablePolicies: EntryGuardrail = {
  code: "guardrail-unreadable-policies",
  summary:
    "Where nobody knows which policies an entity carries, the deny could overwrite somebody else's, or find no room.",
  effect: "override",
  asksAccount: true,
  ofNewOnly: true,
  check({ entry: { entity }, lookup, carried }) {
    if (lookup.state !== "found" || carried.state === "read") return undefined;
    return {
      message: `what ${formatEntity(entity)} carries could not be read: ${carried.reason}`,
      hint: "run it again, give the caller iam:GetAccountAuthorizationDetails, or say in the entry's override why it matters not",
    };
  },
};
