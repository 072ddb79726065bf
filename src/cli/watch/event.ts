import type { ContainmentState } from "../../model/containment-status";

/** Whose call it was, from where: as CloudTrail has it. */
interface Caller {
  /** ARN of the caller. */
  by: string;
  accessKeyId?: string;
  sourceIPAddress?: string;
  userAgent?: string;
  /** Present when the call was refused or failed. */
  errorCode?: string;
  eventID: string;
}

/** How an entity stands: said of each at the beginning, then whenever it changes. */
interface StateEvent {
  kind: "state";
  entity: string;
  state: ContainmentState;
  policies: string[];
  before?: ContainmentState;
}

/** A call that took a deny off, weakened it or opened a way round it, or that put ours. */
interface ChangeEvent extends Caller {
  kind: "change";
  entity: string;
  effect: "weakens" | "contains";
  call: string;
  /** The policy, the user that left the group, or the new name. */
  about?: string;
}

/** Calls of somebody who is contained, the same ones together: `time` and `eventID` are the last one's. */
interface AttemptEvent extends Caller {
  kind: "attempt";
  entity: string;
  call: string;
  outcome: "denied" | "allowed" | "failed";
  count: number;
}

/** A member left a group that is contained. */
interface LeftEvent {
  kind: "left";
  entity: string;
  group: string;
}

/** What `pulumi up` was run for, and what became of it. */
interface ReassertEvent {
  kind: "reassert";
  entities: string[];
  outcome: "begun" | "done" | "failed";
  reason?: string;
}

/** Something could not be read: it is tried again. */
interface ProblemEvent {
  kind: "problem";
  reason: string;
}

export type WatchEventBody =
  | StateEvent
  | ChangeEvent
  | AttemptEvent
  | LeftEvent
  | ReassertEvent
  | ProblemEvent
  | WatchSummary;

/** What a watch saw or did, as `--output jsonl` prints it. `time` is an instant in UTC. */
export type WatchEvent = { time: string } & WatchEventBody;

/** The last one. */
export interface WatchSummary {
  kind: "summary";
  /** When the watch began. */
  since: string;
  /** How often IAM was read. */
  sweeps: number;
  /** Calls that weakened a containment and were not refused; `null` where CloudTrail was not read. */
  weakened: number | null;
  /** How often `pulumi up` put something back. */
  reasserted: number;
  /** Calls of who is contained, by what became of them; `null` where CloudTrail was not read. */
  attempts: { denied: number; allowed: number; failed: number } | null;
  /** Those who are not denied at the end, and members who left a contained group. */
  notDenied: string[];
  /** Whether it is known, at the end, that each of them is denied. */
  denied: boolean;
}
