import { containmentOf } from "../containment-mode";
import { formatEntity } from "../entity";
import { inlineRoom } from "../inline-quota";
import type { EntryGuardrail } from "./guardrail";

export const noRoom: EntryGuardrail = {
  code: "guardrail-no-room",
  summary:
    "The inline policies of an entity share a quota: where the deny finds no room in it, IAM refuses it, unless the entry's fallback lets AWSDenyAll be attached instead.",
  effect: "refuse",
  asksAccount: true,
  check({ entry, carried, stack: { policyName } }) {
    if (carried.state !== "read" || entry.fallback !== undefined) return undefined;
    const { kind } = entry.entity;
    const { used, needed, quota, fits } = inlineRoom(kind, carried.inline, policyName, containmentOf(entry));
    if (fits) return undefined;
    return {
      message: `the inline policies of ${formatEntity(entry.entity)} take ${used} of ${quota} characters: there is no room for the ${needed} of the deny`,
      hint:
        (entry.mode ?? "deny") === "deny"
          ? "write fallback: AWSDenyAll into the entry, which attaches that managed policy of AWS's instead"
          : "take one of its policies off; a mode deny could fall back on AWSDenyAll",
    };
  },
};
