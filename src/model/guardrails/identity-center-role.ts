import { formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

/** How IAM Identity Center names the roles of permission sets, and where it puts them (IAM Identity Center User Guide). */
const NAME = /^AWSReservedSSO_/i;
const PATH = "/aws-reserved/sso.amazonaws.com/";

export const identityCenterRole: EntryGuardrail = {
  code: "guardrail-identity-center-role",
  summary: "A role of an IAM Identity Center permission set can be changed there only, never in IAM.",
  effect: "refuse",
  asksAccount: false,
  check({ entry: { entity }, lookup }) {
    if (entity.kind !== "role") return undefined;
    if (!NAME.test(entity.name) && !(lookup.state === "found" && lookup.path.startsWith(PATH)))
      return undefined;
    return {
      message: `${formatEntity(entity)} belongs to an IAM Identity Center permission set and cannot be changed in IAM`,
      hint: "end the person's sessions in IAM Identity Center, deny in the permission set, or use a service control policy",
    };
  },
};
