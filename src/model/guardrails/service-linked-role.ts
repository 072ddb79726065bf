import { formatEntity } from "../entity";
import type { EntryGuardrail } from "./guardrail";

/** The path of service-linked roles (IAM User Guide, "Create a service-linked role"). */
const PATH = "/aws-service-role/";

export const serviceLinkedRole: EntryGuardrail = {
  code: "guardrail-service-linked-role",
  summary: "A service-linked role belongs to its AWS service: IAM refuses to change its policies.",
  effect: "refuse",
  asksAccount: true,
  check({ entry: { entity }, lookup }) {
    if (entity.kind !== "role" || lookup.state !== "found" || !lookup.path.startsWith(PATH)) return undefined;
    return {
      message: `${formatEntity(entity)} is a service-linked role, which IAM lets nobody change`,
      hint: "stop the service's use of it instead; contain who made the service act",
    };
  },
};
