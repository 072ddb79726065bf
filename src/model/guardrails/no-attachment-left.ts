import { containmentOf } from "../containment-mode";
import { FALLBACK, isFallbackArn } from "../deny-policy";
import { formatEntity } from "../entity";
import { inlineRoom } from "../inline-quota";
import type { EntryGuardrail } from "./guardrail";

/**
 * How many managed policies may be attached to a user, role or group (IAM User Guide, "IAM and AWS STS quotas"). An
 * account may have more for users and roles, which nothing that Cordon reads says.
 */
const MOST_ATTACHED = 10;

export const noAttachmentLeft: EntryGuardrail = {
  code: "guardrail-no-attachment-left",
  summary: `Where AWSDenyAll has to take the place of the deny, it needs one of the ${MOST_ATTACHED} attachments that an entity has by default: beyond them, IAM refuses it.`,
  effect: "override",
  asksAccount: true,
  check({ entry, carried, stack: { policyName } }) {
    if (carried.state !== "read" || entry.fallback === undefined) return undefined;
    const { attached, inline } = carried;
    if (attached.length < MOST_ATTACHED || attached.some(isFallbackArn)) return undefined;
    if (inlineRoom(entry.entity.kind, inline, policyName, containmentOf(entry)).fits) return undefined;
    return {
      message: `${formatEntity(entry.entity)} has room for neither: its inline policies leave none for the deny, and ${attached.length} managed policies are attached, as many as IAM allows by default, so that ${FALLBACK} finds none`,
      hint: "detach one of them or take an inline policy off; where the account's quota was raised, say so in the entry's override",
    };
  },
};
