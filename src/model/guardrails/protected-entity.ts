import { type Entity, entityKey, formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

export const protectedEntity: EntryGuardrail = {
  code: "guardrail-protected-entity",
  summary:
    "Nobody on cordon:operators or cordon:breakGlass is contained, nor a group that holds one of them: somebody must be able to undo it.",
  effect: "refuse",
  asksAccount: false,
  check({ entry: { entity }, lookup, stack }) {
    const members = lookup.state === "found" && entity.kind === "group" ? (lookup.members ?? []) : [];
    for (const [key, list] of [
      ["cordon:operators", stack.operators],
      ["cordon:breakGlass", stack.breakGlass],
    ] as const) {
      const hint = `where they are to be contained all the same, take them off ${key} in a change of its own`;
      const listed = (each: Entity) => list.some((one) => entityKey(one) === entityKey(each));
      if (listed(entity)) return { message: `${formatEntity(entity)} is on ${key}`, hint };
      const member = members.find((name) => listed({ kind: "user", name }));
      if (member !== undefined) {
        return { message: `${formatEntity(entity)} holds user/${member}, who is on ${key}`, hint };
      }
    }
    return undefined;
  },
};
