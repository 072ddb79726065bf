import { isRefused, type TrailRecord } from "./trail-record";
import type { Watched } from "./watched";

/** The same call by the same credential from the same place with the same outcome, once or many times. */
export interface Attempt {
  /** `user/ann`, or `user/ann (group/staff)`. */
  who: string;
  call: string;
  outcome: "denied" | "allowed" | "failed";
  /** The service's code, where the call did not succeed. */
  errorCode?: string;
  count: number;
  /** The last one. */
  record: TrailRecord;
}

/** What those who are watched called, in the order of their last calls. */
export function attemptsIn(records: readonly TrailRecord[], watched: Watched): Attempt[] {
  const found = new Map<string, Attempt>();
  for (const record of records) {
    const who = record.actor && watched.labelOf(record.actor);
    if (who === undefined) continue;
    const { call, errorCode, accessKeyId, sourceIPAddress, userAgent } = record;
    const key = JSON.stringify([who, call, errorCode, accessKeyId, sourceIPAddress, userAgent]);
    const count = (found.get(key)?.count ?? 0) + 1;
    const outcome = errorCode === undefined ? "allowed" : isRefused(record) ? "denied" : "failed";
    found.delete(key);
    found.set(key, { who, call, outcome, ...(errorCode !== undefined && { errorCode }), count, record });
  }
  return [...found.values()];
}
