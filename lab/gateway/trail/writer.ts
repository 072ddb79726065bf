import { actLogs, type MotoAddress, type Reply } from "../../moto/client";
import { motoError } from "../moto-reply";
import type { TrailEvent } from "./event";
import { HOME_REGION, TRAIL_LOG_GROUP } from "./where";

/** How many events PutLogEvents takes at once, and how many bytes with 26 for each (API_PutLogEvents). */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;
const OVERHEAD = 26;

interface Entry {
  stream: string;
  timestamp: number;
  message: string;
}

/**
 * Writes records to the trail's log group, in the order in which they were added, in the lab's own name. Events of
 * every region go to the group in the home region, each region in a stream of its own, as a trail of all regions does.
 *
 * When the log group is deleted, what happens from then on is not delivered: on AWS too.
 */
export class TrailWriter {
  readonly #waiting: Entry[] = [];
  #writing: Promise<void> | undefined;
  #failure: unknown;

  constructor(
    private readonly moto: MotoAddress,
    private readonly accountId: string,
  ) {}

  add(event: TrailEvent): void {
    const stream = `${this.accountId}_CloudTrail_${event.awsRegion}`;
    this.#waiting.push({ stream, timestamp: Date.parse(event.eventTime), message: JSON.stringify(event) });
    this.#writing ??= this.#write();
  }

  /** Resolves when all that was added before is written. @throws what went wrong since the last flush */
  async flush(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  async #write(): Promise<void> {
    try {
      for (let batch = this.#batch(); batch.length > 0; batch = this.#batch()) await this.#put(batch);
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#writing = undefined;
    }
  }

  /** The next events of one stream that fit into one call, taken out of the queue. */
  #batch(): Entry[] {
    const stream = this.#waiting[0]?.stream;
    let bytes = 0;
    let count = 0;
    for (const entry of this.#waiting) {
      bytes += Buffer.byteLength(entry.message) + OVERHEAD;
      if (entry.stream !== stream || (count > 0 && bytes > MAX_BYTES) || count >= MAX_EVENTS) break;
      count++;
    }
    return this.#waiting.splice(0, count).sort((a, b) => a.timestamp - b.timestamp);
  }

  async #put(batch: Entry[]): Promise<void> {
    const target = { logGroupName: TRAIL_LOG_GROUP, logStreamName: batch[0]?.stream };
    const logEvents = batch.map(({ timestamp, message }) => ({ timestamp, message }));
    const put = () => actLogs(this.moto, HOME_REGION, "PutLogEvents", { ...target, logEvents });
    if (!isMissing(await put())) return;
    if (!isMissing(await actLogs(this.moto, HOME_REGION, "CreateLogStream", target))) await put();
  }
}

function isMissing(reply: Reply): boolean {
  const error = motoError(reply);
  if (error === undefined) return false;
  if (error.code === "ResourceNotFoundException") return true;
  throw error;
}
