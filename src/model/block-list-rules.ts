import type { EntryAbout } from "./block-list-schema";
import { MODES } from "./deny-policy";
import type { EntityKind } from "./entity";
import type { Problem } from "./error";
import { formatInstant, readInstant } from "./instant";

/** How far the clock of the machine that reads may be behind the one that wrote, in milliseconds. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** How far ahead sessions may be revoked, in milliseconds: until then it is a deny of everything. */
export const MOST_AHEAD_MS = 24 * 60 * 60_000;

/** What one mode needs, and whom it can be used on. */
const MODE_RULES: Record<
  (typeof MODES)[number],
  { needs?: "issuedBefore" | "session"; kinds: EntityKind[] }
> = {
  deny: { kinds: ["user", "role", "group"] },
  "revoke-sessions": { needs: "issuedBefore", kinds: ["role"] },
  "deny-session": { needs: "session", kinds: ["role", "user"] },
};

/** A problem with one key of an entry. */
export type KeyProblem = Problem & { key: string[] };

/**
 * What the keys of one entry have to do with each other and with the clock.
 *
 * @param now milliseconds since the epoch.
 */
export function checkEntryRules(kind: EntityKind, about: EntryAbout, now: number): KeyProblem[] {
  return [...checkTimes(about, now), ...checkMode(kind, about)];
}

function checkTimes({ since, until, issuedBefore }: EntryAbout, now: number): KeyProblem[] {
  const problems: KeyProblem[] = [];
  const read = (key: string, text: string | undefined): number | undefined => {
    const time = text === undefined ? undefined : readInstant(text);
    if (text !== undefined && time === undefined) {
      problems.push({
        code: "block-list-time",
        message: `${key} ${JSON.stringify(text)} is no instant in UTC`,
        hint: 'write it as "2026-11-24T02:10:00Z"',
        key: [key],
      });
    }
    return time;
  };
  const [from, to, before] = [read("since", since), read("until", until), read("issuedBefore", issuedBefore)];
  if (from !== undefined && from > now + CLOCK_SKEW_MS) {
    problems.push({
      code: "block-list-future",
      message: `since ${since} lies in the future: it is ${new Date(now).toISOString()} now`,
      hint: "write when it was decided, in UTC",
      key: ["since"],
    });
  }
  if (from !== undefined && to !== undefined && to <= from) {
    problems.push({
      code: "block-list-until",
      message: `until ${until} is not after since ${since}`,
      hint: "write when to look at it again; a hold of 36 hours is the least that is advised",
      key: ["until"],
    });
  }
  if (before !== undefined && before > now + MOST_AHEAD_MS + CLOCK_SKEW_MS) {
    problems.push({
      code: "block-list-future",
      message: `issuedBefore ${issuedBefore} is more than 24 hours ahead: it is ${formatInstant(now)} now`,
      hint: "until that instant everything of the role is denied: use the mode deny for that",
      key: ["issuedBefore"],
    });
  }
  return problems;
}

function checkMode(kind: EntityKind, about: EntryAbout): KeyProblem[] {
  const { mode = "deny" } = about;
  const { needs, kinds } = MODE_RULES[mode];
  const problem = (key: string, message: string, hint: string): KeyProblem => ({
    code: "block-list-mode",
    message,
    hint,
    key: [key],
  });
  const problems: KeyProblem[] = [];
  if (!kinds.includes(kind)) {
    const hint = `${mode} is for ${kinds.join(" and ")}; deny is for all`;
    problems.push(problem("mode", `the mode ${mode} cannot contain a ${kind}`, hint));
  }
  if (needs !== undefined && about[needs] === undefined) {
    problems.push(problem("mode", `the mode ${mode} needs ${needs}`, HOW_TO[needs]));
  }
  if (about.fallback !== undefined && mode !== "deny") {
    const message = `fallback has no meaning in the mode ${mode}: ${about.fallback} denies everything`;
    problems.push(problem("fallback", message, "leave it out, or use mode: deny"));
  }
  for (const key of ["issuedBefore", "session"] as const) {
    if (about[key] === undefined || key === needs) continue;
    const meant = MODES.find((each) => MODE_RULES[each].needs === key);
    problems.push(problem(key, `${key} has no meaning in the mode ${mode}`, `it belongs to mode: ${meant}`));
  }
  return problems;
}

const HOW_TO = {
  issuedBefore: 'issuedBefore: "2026-11-24T02:10:00Z", an instant in UTC, best a little after it is applied',
  session: "session: NAME, what stands behind the colon of userIdentity.principalId",
};
