import type { BlockListEntry } from "./block-list";

interface StackBase {
  /** The one AWS account that the stack may touch: twelve digits. */
  accountId: string;
  /** `aws:region`, where the file states it. */
  region?: string;
}

/** A stack of saved queries: `cordon:hunts`. */
export interface HuntsStack extends StackBase {
  kind: "hunts";
  /** The log groups that each saved query is for, sorted, without duplicates. */
  logGroups: string[];
  /** Which hunts: ids and tactics, as the file gives them. All, where it is absent. */
  only?: string[];
  /** Values of parameters by hunt id and parameter name. A parameter that is not named here gets its example. */
  parameters: Record<string, Record<string, string>>;
}

/** A stack of denies: `cordon:blockList`. */
export interface ContainmentStack extends StackBase {
  kind: "containment";
  /** What the inline policies are called: `cordon:policyName`, `DenyAll` where it is absent. */
  policyName: string;
  /** In the file's order. Empty only where the file says `[]`. */
  blockList: BlockListEntry[];
}

export type StackConfig = HuntsStack | ContainmentStack;

/**
 * Reads a stack's YAML file, `Pulumi.<stack>.yaml`.
 *
 * @throws CordonError with every problem found, each with file, line and column.
 */
export declare function parseStackFile(text: string, file: string, options?: { now?: number }): StackConfig;
