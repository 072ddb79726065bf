import type { TimeRange } from "../time-range";
import type { PathFacts } from "./s3-path";

/** Which part of an archive is asked for. What is absent is not asked about. */
export interface ArchiveScope {
  account?: string | undefined;
  region?: string | undefined;
  range?: TimeRange | undefined;
}

/** An event is never delivered before it happens, but clocks differ. Milliseconds. */
const EARLIER = 3_600_000;
/**
 * How late an event may be delivered: "a log file delivered at a specific time can contain records written at any
 * point before that time" (cloudtrail-log-file-examples), and delivery to a bucket that cannot be reached is tried
 * again for 30 days (cloudtrail-concepts, "Trails"); a day more for the minutes that it usually takes.
 */
const LATER = 31 * 86_400_000;

/**
 * Whether a file or folder with these facts may hold events in scope. What its path does not say is not held against
 * it: no event in scope is ever lost.
 */
export function mayHold({ account, region, delivered }: PathFacts, scope: ArchiveScope): boolean {
  if (scope.account !== undefined && account !== undefined && account !== scope.account) return false;
  if (scope.region !== undefined && region !== undefined && region !== scope.region) return false;
  if (scope.range === undefined || delivered === undefined) return true;
  return delivered.to + EARLIER >= scope.range.start && delivered.from <= scope.range.end + LATER;
}
