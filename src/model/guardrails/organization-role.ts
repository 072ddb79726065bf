import { formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

/**
 * How the management account gets into a member account (AWS Organizations User Guide, "Accessing member accounts";
 * AWS Control Tower User Guide, "How AWS Control Tower works with roles").
 */
const NAMES = ["organizationaccountaccessrole", "awscontroltowerexecution"];

export const organizationRole: EntryGuardrail = {
  code: "guardrail-organization-role",
  summary:
    "OrganizationAccountAccessRole and AWSControlTowerExecution are the organization's way into the account, often the last one.",
  effect: "override",
  asksAccount: false,
  check({ entry: { entity } }) {
    if (entity.kind !== "role" || !NAMES.includes(entity.name.toLowerCase())) return undefined;
    return {
      message: `${formatEntity(entity)} is the organization's way into this account`,
      hint: "make sure that there is another way in, and say so in the entry's override",
    };
  },
};
