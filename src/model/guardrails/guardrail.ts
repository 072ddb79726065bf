import type { EntityDetails } from "../account-details";
import type { BlockListEntry } from "../block-list";
import type { Account, Entity } from "../entity";
import type { Place } from "../error";
import type { AccountSnapshot, Lookup, Unknown } from "./account-snapshot";

/** Why a guardrail objects, and the way out. */
export interface Objection {
  message: string;
  hint: string;
}

/** What the stack's file, and those beside it, say. */
export interface StackAround {
  /** What the inline policies are called. */
  policyName: string;
  /** Who must stay able to act, as the stack's file names them. */
  operators: readonly Entity[];
  breakGlass: readonly Entity[];
  /** All of the list. */
  blockList: readonly BlockListEntry[];
  /** Where another stack file of the same account lists an entity, by `entityKey`. */
  elsewhere?: ReadonlyMap<string, Place> | undefined;
}

/** One entry of the block list, with all that is known about it. */
export interface EntryCase {
  entry: BlockListEntry;
  /** What IAM says about the entry's entity. */
  lookup: Lookup;
  /** What the entity carries. */
  carried: (EntityDetails & { state: "read" }) | Unknown;
  snapshot: AccountSnapshot;
  stack: StackAround;
  /** Milliseconds since the epoch. */
  now: number;
}

/** One reason not to add an entry to what is contained. */
export interface EntryGuardrail {
  /** Stable, kebab-case: the code of the problem. */
  code: string;
  /** One sentence: what is refused, and why. */
  summary: string;
  /**
   * What an objection to a new entry does: `refuse` stops the run, `override` stops it unless the entry says why the
   * rule does not hold for it, `warn` is printed.
   */
  effect: "refuse" | "override" | "warn";
  /** Whether it goes by what the account says; without an account, it cannot be asked. */
  asksAccount: boolean;
  /** Whether an applied entry is not even warned of: what the rule goes by is then not asked for. */
  ofNewOnly?: true;
  check(entryCase: EntryCase): Objection | undefined;
}

/** One reason not to touch the account at all. */
export interface AccountGuardrail {
  code: string;
  summary: string;
  check(snapshot: AccountSnapshot, account: Account): Objection | undefined;
}
