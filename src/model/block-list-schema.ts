import { z } from "zod";
import { FALLBACK, MODES } from "./deny-policy";
import { ENTITY_KINDS } from "./entity";

const UNREADABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A required text of one line. */
const line = (key: string, what: string, max: number) =>
  z
    .string({
      error: ({ input }) =>
        input === undefined || input === null
          ? `${key} is missing: ${what}`
          : `${key} must be a string: ${what}`,
    })
    .refine((text) => text.trim() !== "", `${key} is empty: ${what}`)
    .refine((text) => !UNREADABLE.test(text), `${key} must be one line, without control characters`)
    .max(max, `${key} is longer than ${max} characters`);

const named = (kind: string) =>
  z.string(`${kind} must be a name or an ARN`).min(1, `${kind} is empty`).optional();

/** A session's name (AWS STS API Reference, AssumeRole RoleSessionName: `[\w+=,.@-]*`, 2 to 64 characters). */
const SESSION = /^[A-Za-z0-9_+=,.@-]{2,64}$/;

/** An event's id (CloudTrail User Guide, "CloudTrail record contents": a GUID). */
const EVENT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Most events that an entry cites: it points to a case, and is not the case. */
const MOST_EVIDENCE = 50;

/** What to say of a value that is no mapping; what is wrong inside one is said by its keys. */
const mapping = (message: string) => ({
  error: ({ code }: { code?: string }) => (code === "invalid_type" ? message : undefined),
});

const Override = z.strictObject(
  {
    rule: z
      .string("rule is missing: the code of the guardrail to override")
      .regex(/^guardrail-[a-z-]+$/, "rule must be the code of a guardrail, as the refusal prints it"),
    reason: line("reason", "why the guardrail does not hold here", 1000),
  },
  mapping("an override is a mapping: rule and reason"),
);

const unique = <T>(key: (item: T) => string, message: string) => ({
  check: (items: readonly T[]) => new Set(items.map(key)).size === items.length,
  message,
});
const uniqueEvents = unique<string>((id) => id.toLowerCase(), "evidence names an event twice");
const uniqueRules = unique<{ rule: string }>(({ rule }) => rule, "override names a rule twice");

/** What an entry says about its entity. */
const About = {
  /** Why, in one line. */
  reason: line("reason", "why, in one line", 1000),
  /** Where the case is recorded: `INC-2041`. */
  ticket: line("ticket", "where the case is recorded", 200),
  /** Whom to ask, and who decides about the release. */
  owner: line("owner", "whom to ask about it", 200),
  /** When it was decided: an ISO 8601 instant in UTC. */
  since: line("since", 'when it was decided, as in "2026-11-24T02:10:00Z"', 40),
  /** When somebody should look whether it can go. Nothing is released by itself. */
  until: line("until", "when to look at it again", 40).optional(),
  /** How: `deny`, where it is absent. */
  mode: z.enum(MODES, `mode must be one of ${MODES.join(", ")}`).optional(),
  /** Of `revoke-sessions`: sessions issued before this instant are denied. */
  issuedBefore: line("issuedBefore", "up to when sessions are revoked", 40).optional(),
  /** Of `deny-session`: the name of the session that is denied. */
  session: z
    .string("session must be a string: the session's name")
    .regex(SESSION, "session must be the name alone, what stands behind the colon of principalId")
    .optional(),
  /** Of `deny`: what is attached where the inline policies leave no room. */
  fallback: z.literal(FALLBACK, `fallback can only be ${FALLBACK}`).optional(),
  /** Event ids of CloudTrail that led here. */
  evidence: z
    .array(
      z.string("an event id is a string").regex(EVENT_ID, "an event id of CloudTrail is a GUID"),
      "evidence must be a list of event ids",
    )
    .min(1, "evidence is empty: leave it out")
    .max(MOST_EVIDENCE, `evidence has at most ${MOST_EVIDENCE} events`)
    .refine(uniqueEvents.check, uniqueEvents.message)
    .optional(),
  /** Which guardrails do not hold here, and why. */
  override: z
    .array(Override, "override must be a list of rules with reasons")
    .min(1, "override is empty: leave it out")
    .refine(uniqueRules.check, uniqueRules.message)
    .optional(),
};

/** An entry as the file has it. */
export const EntryFile = z
  .strictObject(
    { user: named("user"), role: named("role"), group: named("group"), ...About },
    mapping("an entry is a mapping: user, role or group, then reason, ticket, owner and since"),
  )
  .refine((entry) => ENTITY_KINDS.filter((kind) => entry[kind] !== undefined).length === 1, {
    message: "an entry names exactly one user, role or group",
    when: ({ value }) => typeof value === "object" && value !== null,
  });

const AboutFile = z.strictObject(About);

/** Everything that an entry says but whom it is about. */
export type EntryAbout = z.infer<typeof AboutFile>;
