import { setTimeout } from "node:timers/promises";
import { isServerFault, isThrottled } from "./errors";

/** How long is waited before the next try, in milliseconds: it doubles from the first to the longest. */
export interface Pace {
  first: number;
  longest: number;
}

/** GetQueryResults and StartQuery may be called ten times a second in an account and region, shared with everybody. */
export const POLLING: Pace = { first: 250, longest: 2000 };

/** Waits with jitter, so that several who wait do not come back together. @throws AbortError when aborted. */
export async function pause(attempt: number, { first, longest }: Pace, signal?: AbortSignal): Promise<void> {
  const usual = Math.min(longest, first * 2 ** Math.min(attempt, 30));
  await setTimeout(usual * (0.75 + Math.random() / 2), undefined, signal && { signal });
}

/** When to try a call again. */
export interface Patience {
  pace: Pace;
  /** Ends the waiting. */
  signal?: AbortSignal | undefined;
  /** What is waited out besides throttling. */
  alsoFor?: (error: unknown) => boolean;
  /** Tries in all while AWS throttles. Default: no end but the signal's. */
  tries?: number;
  onWait?: (error: unknown) => void;
}

/** Tries in all while AWS fails on its own side; the SDK tries each of them three times. */
const FAULTS = 4;

/** Repeats a call that AWS throttles until it succeeds, fails otherwise, or the signal is aborted. */
export async function patiently<T>(
  call: () => Promise<T>,
  { pace, signal, alsoFor, onWait, tries = Number.POSITIVE_INFINITY }: Patience,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const wait = isThrottled(error) || alsoFor?.(error);
      if (attempt + 1 >= (wait ? tries : FAULTS) || !(wait || isServerFault(error))) throw error;
      onWait?.(error);
    }
    await pause(attempt, pace, signal);
  }
}
