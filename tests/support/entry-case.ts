import type { EntityDetails } from "../../src/model/account-details";
import type { BlockListEntry } from "../../src/model/block-list";
import type { Entity } from "../../src/model/entity";
import {
  caseOf,
  type EntryCase,
  entryGuardrails,
  type Lookup,
  readDetails,
  type StackAround,
} from "../../src/model/guardrails";
import { policySize } from "../../src/model/inline-quota";

const ID = "123456789012";

/** What a test says about one entry; the rest is an account in which nothing speaks against it. */
export interface CaseOptions {
  entity: Entity;
  /** What else the entry says. */
  entry?: Partial<BlockListEntry>;
  /** What IAM says of the entity; that it is there, by default. */
  lookup?: Lookup;
  /** Every entity of the account; nobody asked by default. */
  details?: readonly EntityDetails[];
  stack?: Partial<StackAround>;
  caller?: string;
  now?: number;
}

export function entryCase(options: CaseOptions): EntryCase {
  const { entity, details, stack, caller = `arn:aws:iam::${ID}:user/alice`, now = Date.now() } = options;
  const lookup: Lookup = options.lookup ?? { state: "found", name: entity.name, path: "/" };
  const entry = listed(entity, options.entry);
  const snapshot = {
    caller: { accountId: ID, arn: caller },
    entities: new Map([[`${entity.kind}/${entity.name.toLowerCase()}`, lookup]]),
    ...(details !== undefined && { details: readDetails(details) }),
  };
  const around = { policyName: "DenyAll", operators: [], breakGlass: [], blockList: [entry], ...stack };
  return caseOf(entry, snapshot, around, now);
}

/** An entry of a block list. */
export function listed(entity: Entity, more: Partial<BlockListEntry> = {}): BlockListEntry {
  const about = { reason: "r", ticket: "INC-1", owner: "o", since: "2026-11-24T02:10:00Z" };
  return { entity, ...about, place: { file: "f.yaml", line: 7, column: 3 }, ...more };
}

/** `message (hint)` of one guardrail's objection; `undefined` where it has none. */
export function objectionOf(code: string, options: CaseOptions): string | undefined {
  const guardrail = entryGuardrails.find((each) => each.code === `guardrail-${code}`);
  if (guardrail === undefined) throw new Error(`there is no guardrail-${code}`);
  const objection = guardrail.check(entryCase(options));
  return objection && `${objection.message} (${objection.hint})`;
}

/** An entity as the account's sweep has it, with inline policies given as documents by name. */
export function carrying(
  entity: Entity,
  inline: Record<string, unknown> = {},
  more: Partial<EntityDetails> = {},
): EntityDetails {
  return {
    ...entity,
    arn: `arn:aws:iam::${ID}:${entity.kind}/${entity.name}`,
    path: "/",
    inline: Object.entries(inline).map(([name, document]) => ({
      name,
      document,
      size: policySize(JSON.stringify(document)),
    })),
    attached: [],
    groups: [],
    ...more,
  };
}
