import { entityKey, formatEntity } from "../entity";
import { identityOf } from "./account-snapshot";
import type { EntryGuardrail } from "./guardrail";

export const caller: EntryGuardrail = {
  code: "guardrail-caller",
  summary:
    "Whoever applies the block list must not be on it, by their user, their session's role or a group of theirs: nobody could take it off again.",
  effect: "refuse",
  asksAccount: true,
  check({ entry: { entity }, lookup, snapshot }) {
    const self = identityOf(snapshot.caller);
    if (self === undefined) return undefined;
    const hint = "use other credentials to contain it, or take the entry off the list";
    if (entityKey(entity) === entityKey(self)) {
      return { message: `${formatEntity(entity)} is the caller itself, ${snapshot.caller.arn}`, hint };
    }
    const members = lookup.state === "found" && entity.kind === "group" ? (lookup.members ?? []) : [];
    if (self.kind === "user" && members.some((name) => name.toLowerCase() === self.name.toLowerCase())) {
      return { message: `${formatEntity(entity)} holds the caller, ${snapshot.caller.arn}`, hint };
    }
    return undefined;
  },
};
