import type { BlockListEntry } from "../block-list";
import type { Account } from "../entity";
import type { AccountSnapshot, Lookup } from "./account-snapshot";

/** Why a guardrail objects, and the way out. */
export interface Objection {
  message: string;
  hint: string;
}

/** One entry of the block list, with all that is known about it. */
export interface EntryCase {
  entry: BlockListEntry;
  /** What IAM says about the entry's entity. */
  lookup: Lookup;
  snapshot: AccountSnapshot;
}

/** One reason not to add an entry to what is contained. */
export interface EntryGuardrail {
  /** Stable, kebab-case: the code of the problem. */
  code: string;
  /** One sentence: what is refused, and why. */
  summary: string;
  check(entryCase: EntryCase): Objection | undefined;
}

/** One reason not to touch the account at all. */
export interface AccountGuardrail {
  code: string;
  summary: string;
  check(snapshot: AccountSnapshot, account: Account): Objection | undefined;
}
