import type { BlockListEntry } from "./block-list";
import type { Containment } from "./deny-policy";

/** What a mode stops and what it does not, in a sentence each: for previews. `docs/modes.md` says it at length. */
export const MODE_SCOPE: Record<Containment["mode"], { stops: string; leaves: string }> = {
  deny: {
    stops: "every call of the entity, by its keys, its password and its sessions, those under way included",
    leaves:
      "sts:GetCallerIdentity, other roles that it has assumed already, other principals, and computers that run",
  },
  "revoke-sessions": {
    stops: "every call of the role's sessions whose credentials were issued before the instant",
    leaves: "sessions issued from then on, an attacker's too if they can still assume the role",
  },
  "deny-session": {
    stops: "every call of the sessions of that one name",
    leaves: "every other session, an attacker's too if they can choose another name or take another key",
  },
};

/** How the entry contains its entity. The block list's schema has made sure that what its mode needs is there. */
export function containmentOf({ mode, issuedBefore, session }: BlockListEntry): Containment {
  if (mode === "revoke-sessions" && issuedBefore !== undefined) return { mode, issuedBefore };
  if (mode === "deny-session" && session !== undefined) return { mode, session };
  return { mode: "deny" };
}

/** In one line, for records and messages: `revoke-sessions 2026-11-24T02:10:00Z`. The same text for the same document. */
export function formatContainment(containment: Containment): string {
  if (containment.mode === "revoke-sessions") {
    return `revoke-sessions ${new Date(containment.issuedBefore).toISOString().replace(".000Z", "Z")}`;
  }
  return containment.mode === "deny-session" ? `deny-session ${containment.session}` : "deny";
}
