import { entityKey, formatEntity } from "../entity";
import { administratorsLeft } from "./administrators";
import type { EntryGuardrail } from "./guardrail";

export const lastAdministrator: EntryGuardrail = {
  code: "guardrail-last-administrator",
  summary:
    "Once nobody is left who may do everything, only the root user can undo what the list does; see below for whom this rule counts.",
  effect: "warn",
  asksAccount: true,
  check({ entry, snapshot: { details }, stack }) {
    const { entity, mode = "deny" } = entry;
    if (details?.state !== "read" || mode !== "deny") return undefined;
    const contained = stack.blockList.filter((each) => (each.mode ?? "deny") === "deny");
    const others = contained.filter((each) => entityKey(each.entity) !== entityKey(entity));
    const entitiesOf = (list: typeof contained) => list.map((each) => each.entity);
    if (administratorsLeft(details, [...entitiesOf(others), entity]).length > 0) return undefined;
    // Who is no administrator takes nobody's last one away.
    if (administratorsLeft(details, []).length === administratorsLeft(details, [entity]).length)
      return undefined;
    return {
      message: `${formatEntity(entity)} is the last administrator that would be left, or one of the last`,
      hint: "make sure that somebody can undo it: the root user, or whom this rule does not see",
    };
  },
};
