import type { BlockListEntry } from "../block-list";
import type { Account, Entity } from "../entity";
import type { AccountSnapshot, Lookup } from "./account-snapshot";

/** Why a guardrail objects, and the way out. */
export interface Objection {
  message: string;
  hint: string;
}

/** Who must stay able to act, as the stack's file names them. */
export interface ProtectedEntities {
  operators: readonly Entity[];
  breakGlass: readonly Entity[];
}

/** One entry of the block list, with all that is known about it. */
export interface EntryCase {
  entry: BlockListEntry;
  /** What IAM says about the entry's entity. */
  lookup: Lookup;
  snapshot: AccountSnapshot;
  stack: ProtectedEntities;
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
  check(entryCase: EntryCase): Objection | undefined;
}

/** One reason not to touch the account at all. */
export interface AccountGuardrail {
  code: string;
  summary: string;
  check(snapshot: AccountSnapshot, account: Account): Objection | undefined;
}
