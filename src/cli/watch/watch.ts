import { setTimeout } from "node:timers/promises";
import type { BlockListEntry } from "../../model/block-list";
import type { ContainmentStatus } from "../../model/containment-status";
import { entityKey, formatEntity } from "../../model/entity";
import { CordonError } from "../../model/error";
import { formatInstant } from "../../model/instant";
import { attemptsIn } from "../../model/watch/attempts";
import { changeOf } from "../../model/watch/changes";
import { callsPatterns, changesPattern } from "../../model/watch/patterns";
import type { TrailRecord } from "../../model/watch/trail-record";
import { type Membership, Watched } from "../../model/watch/watched";
import type { ContainmentReader } from "../containment-status";
import type { WatchEvent, WatchEventBody } from "./event";
import type { Reasserter } from "./reassert";
import type { TrailReader } from "./trail";

/** How long the last look may take after Ctrl-C, in milliseconds. */
const LAST_LOOK = 4000;

export interface WatchOptions {
  /** Who is watched. */
  blockList: readonly BlockListEntry[];
  policyName: string;
  reader: ContainmentReader;
  print: (event: WatchEvent) => void;
  trail?: TrailReader | undefined;
  reasserter?: Reasserter | undefined;
}

/** Looks at IAM and CloudTrail again and again, and says what is otherwise than before. */
export class Watch {
  readonly #watched: Watched;
  readonly #keys: ReadonlySet<string>;
  readonly #left = new Set<string>();
  #account: readonly Membership[] = [];
  #sweeps = 0;
  /** Whether the last sweep was answered. */
  #known = false;
  #weakened = 0;
  #reasserted = 0;
  readonly #attempts = { denied: 0, allowed: 0, failed: 0 };

  constructor(private readonly options: WatchOptions) {
    this.#watched = new Watched(options.policyName);
    this.#keys = new Set(options.blockList.map(({ entity }) => entityKey(entity)));
  }

  /**
   * Watches until `end`, or until `stop` is aborted, and looks a last time then.
   *
   * @param end milliseconds since the epoch.
   * @param every milliseconds between two looks.
   * @returns whether all who are watched are denied at the end.
   * @throws CordonError when already the first look fails: then nothing is watched.
   */
  async run(end: number, every: number, stop: AbortSignal): Promise<boolean> {
    const since = formatInstant(Date.now());
    await this.#look(stop, { first: true });
    while (!stop.aborted && Date.now() < end) {
      await setTimeout(Math.min(every, end - Date.now()), undefined, { signal: stop }).catch(() => undefined);
      if (!stop.aborted) await this.#look(stop, { last: Date.now() >= end });
    }
    if (stop.aborted) await this.#look(AbortSignal.timeout(LAST_LOOK), { reassert: false });
    return this.#end(since);
  }

  async #look(
    signal: AbortSignal,
    { first = false, last = false, reassert = true }: { first?: boolean; last?: boolean; reassert?: boolean },
  ): Promise<void> {
    await this.#tryTo(() => this.#sweep(signal), signal, first);
    if (reassert) await this.#reassert(signal);
    await this.#tryTo(() => this.#readTrail(signal, last), signal, first);
  }

  /** What fails is said, and tried again with the next look. */
  async #tryTo(act: () => Promise<void>, signal: AbortSignal, fatal: boolean): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (fatal && !signal.aborted) throw error;
      if (!(error instanceof CordonError) && !signal.aborted) throw error;
      if (!signal.aborted) this.#say({ kind: "problem", reason: textOf(error) });
    }
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    this.#known = false;
    const { statuses, account } = await this.options.reader.read(signal);
    this.#sweeps++;
    this.#known = true;
    this.#account = account;
    const watched = statuses.filter(({ entity }) => this.#keys.has(entityKey(entity)));
    for (const { status, before } of this.#watched.update(watched, account)) {
      const { entity, state, policies } = status;
      this.#say({
        kind: "state",
        entity: formatEntity(entity),
        state,
        policies,
        ...(before !== undefined && { before: before.state }),
      });
    }
    const escaped = new Map(this.#watched.escaped(account).map((each) => [entityKey(each.user), each]));
    for (const [key, { user, group }] of escaped) {
      if (!this.#left.has(key))
        this.#say({ kind: "left", entity: formatEntity(user), group: formatEntity(group) });
    }
    this.#left.clear();
    for (const key of escaped.keys()) this.#left.add(key);
  }

  /** @param last what has come late is looked for once more, from the beginning of the watch. */
  async #readTrail(signal: AbortSignal, last: boolean): Promise<void> {
    const { trail } = this.options;
    if (trail === undefined) return;
    const patterns = [changesPattern(), ...callsPatterns(this.#watched.actors)];
    const records = await trail.read(patterns, Date.now(), signal, last || undefined);
    for (const record of records) {
      const change = changeOf(record, this.#watched);
      if (change === undefined) continue;
      const { entity, effect, about } = change;
      if (effect === "weakens" && record.errorCode === undefined) this.#weakened++;
      const { call, time } = record;
      this.#say({
        time,
        kind: "change",
        entity: formatEntity(entity),
        effect,
        call,
        ...(about && { about }),
        ...caller(record),
      });
    }
    for (const { who, outcome, count, record } of attemptsIn(records, this.#watched)) {
      this.#attempts[outcome] += count;
      const { call, time } = record;
      this.#say({ time, kind: "attempt", entity: who, call, outcome, count, ...caller(record) });
    }
  }

  /** Puts back what is missing, if there is somebody to do it, and looks at once what came of it. */
  async #reassert(signal: AbortSignal): Promise<void> {
    const { reasserter } = this.options;
    const missing = this.#watched.statuses.filter(isMissing).map(({ entity }) => formatEntity(entity));
    if (reasserter === undefined || missing.length === 0 || !this.#known || signal.aborted) return;
    this.#say({ kind: "reassert", entities: missing, outcome: "begun" });
    let reason: string | undefined;
    try {
      reason = await reasserter.putBack(signal);
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      reason = textOf(error);
    }
    if (reason === undefined) {
      this.#reasserted++;
      this.#say({ kind: "reassert", entities: missing, outcome: "done" });
    } else this.#say({ kind: "reassert", entities: missing, outcome: "failed", reason });
    await this.#tryTo(() => this.#sweep(signal), signal, false);
  }

  #end(since: string): boolean {
    const lost = this.#watched.statuses.filter(({ state }) => state !== "denied");
    const escaped = this.#watched.escaped(this.#account).map(({ user }) => user);
    const notDenied = [...lost.map(({ entity }) => entity), ...escaped].map(formatEntity);
    const denied = this.#known && notDenied.length === 0;
    const read = this.options.trail !== undefined;
    this.#say({
      kind: "summary",
      since,
      sweeps: this.#sweeps,
      weakened: read ? this.#weakened : null,
      reasserted: this.#reasserted,
      attempts: read ? this.#attempts : null,
      notDenied,
      denied,
    });
    return denied;
  }

  /** @param event with a time of its own where it is not now. */
  #say(event: WatchEventBody & { time?: string }): void {
    this.options.print({ time: formatInstant(Date.now()), ...event });
  }
}

/** What `pulumi up` can put back: who is gone is not there to carry a policy. */
function isMissing({ state }: ContainmentStatus): boolean {
  return state === "missing" || state === "tampered";
}

function caller({ by, accessKeyId, sourceIPAddress, userAgent, errorCode, eventID }: TrailRecord) {
  return {
    by,
    ...(accessKeyId !== undefined && { accessKeyId }),
    ...(sourceIPAddress !== undefined && { sourceIPAddress }),
    ...(userAgent !== undefined && { userAgent }),
    ...(errorCode !== undefined && { errorCode }),
    eventID,
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
