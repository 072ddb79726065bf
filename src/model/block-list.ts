import { z } from "zod";
import { type Account, ENTITY_KINDS, type Entity, entityKey, formatEntity, readEntity } from "./entity";
import { formatPlace, type Place, type Problem } from "./error";
import { checkYaml, type YamlSource } from "./yaml-source";

/** One entry of the block list: who is contained, and what a reviewer must know about it. */
export interface BlockListEntry {
  entity: Entity;
  /** Why, in one line. */
  reason: string;
  /** Where the case is recorded: `INC-2041`. */
  ticket: string;
  /** Whom to ask, and who decides about the release. */
  owner: string;
  /** When it was decided: an ISO 8601 instant in UTC. */
  since: string;
  /** Where the entry stands. */
  place: Place;
}

/** How far the clock of the machine that reads may be behind the one that wrote, in milliseconds. */
export const CLOCK_SKEW_MS = 5 * 60_000;

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

const EntryFile = z
  .strictObject(
    {
      user: named("user"),
      role: named("role"),
      group: named("group"),
      reason: line("reason", "why, in one line", 1000),
      ticket: line("ticket", "where the case is recorded", 200),
      owner: line("owner", "whom to ask about it", 200),
      since: line("since", 'when it was decided, as in "2026-11-24T02:10:00Z"', 40),
    },
    "an entry is a mapping: user, role or group, then reason, ticket, owner and since",
  )
  .refine((entry) => ENTITY_KINDS.filter((kind) => entry[kind] !== undefined).length === 1, {
    message: "an entry names exactly one user, role or group",
    when: ({ value }) => typeof value === "object" && value !== null,
  });

const BlockListFile = z.array(EntryFile, {
  error: "cordon:blockList must be a list: to release everybody, say so with []",
});

/**
 * Reads the block list at `base` of a stack's file.
 *
 * @param account whose ARNs are accepted; without it, those of any account are.
 * @param now milliseconds since the epoch.
 * @returns the entries, or every problem: never both.
 */
export function readBlockList(
  source: YamlSource,
  base: readonly PropertyKey[],
  account: Account | undefined,
  now: number,
): { value: BlockListEntry[]; problems?: never } | { value?: never; problems: Problem[] } {
  const checked = checkYaml(source, BlockListFile, base);
  if (checked.problems) return { problems: checked.problems };
  const problems: Problem[] = [];
  const entries: BlockListEntry[] = [];
  const first = new Map<string, Place>();
  checked.value.forEach(({ user, role, group, ...about }, index) => {
    const path = [...base, index];
    const kind = ENTITY_KINDS.find((each) => ({ user, role, group })[each] !== undefined) ?? "user";
    const place = source.place([...path, kind]);
    const since = checkInstant(about.since, now);
    if (since !== undefined) problems.push({ ...since, place: source.place([...path, "since"]) });
    const { entity, problem } = readEntity(kind, { user, role, group }[kind] ?? "", account);
    if (problem !== undefined) {
      problems.push({ ...problem, place });
      return;
    }
    const earlier = first.get(entityKey(entity));
    if (earlier !== undefined) {
      problems.push({
        code: "block-list-duplicate",
        message: `${formatEntity(entity)} is on the list already, at ${formatPlace({ ...earlier, path: "" })}`,
        hint: "keep one of the two; IAM does not tell names apart by case",
        place,
      });
      return;
    }
    first.set(entityKey(entity), place);
    entries.push({ entity, ...about, place });
  });
  return problems.length > 0 ? { problems } : { value: entries };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z$/;

function checkInstant(text: string, now: number): Problem | undefined {
  const time = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse moves 30 February into March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 16) !== text.slice(0, 16)) {
    return {
      code: "block-list-time",
      message: `since ${JSON.stringify(text)} is no instant in UTC`,
      hint: 'write it as "2026-11-24T02:10:00Z"',
    };
  }
  if (time > now + CLOCK_SKEW_MS) {
    return {
      code: "block-list-future",
      message: `since ${text} lies in the future: it is ${new Date(now).toISOString()} now`,
      hint: "write when it was decided, in UTC",
    };
  }
  return undefined;
}
