import type { LogEvent } from "../../model/log-event";
import type { ArchiveFile } from "./find-files";
import { NO_TIME } from "./log-events";
import type { RecordText } from "./split-records";

/** Takes an event and where it stands in its file's text: what orders events of the same time. */
export type TakeEvent = (event: LogEvent, offset: number) => void;

/** What is held back at most: who writes more than that without a time is taken for a log. Bytes of text. */
const MOST_HELD = 8 * 2 ** 20;

/** A file of this kind may be anything: a manifest, an inventory, a program's settings. */
const ANY_JSON = /\.json(?:\.gz)?$/i;

/** Keys under which programs write when something happened: `eventTime`, `timestamp`, `@timestamp`, `ts`, `date`. */
const TIME_KEY = /^@?ts$|time(?:[-_]?stamp)?$|date$/i;

/**
 * Tells logs from the other JSON that lies in a folder beside them. A `.json` file that is a bare list or bare objects,
 * none of which says a time under any usual key, is no log. Lines of JSON, the lists of CloudTrail's own files and of
 * what its and CloudWatch's commands answer, and files that the user names themselves, always are.
 */
export class DoubtfulEvents {
  /** Events that were held back; `undefined` once the file is known to be a log. */
  #held: [LogEvent, number][] | undefined;
  #heldBytes = 0;

  constructor(
    { path, isNamed }: Pick<ArchiveFile, "path" | "isNamed">,
    private readonly take: TakeEvent,
  ) {
    this.#held = isNamed || !ANY_JSON.test(path) ? undefined : [];
  }

  /** Passes an event on, at once or as soon as the file is known to be a log. */
  push(event: LogEvent, { offset, text, isBare }: RecordText): void {
    if (this.#held === undefined) {
      this.take(event, offset);
      return;
    }
    this.#held.push([event, offset]);
    this.#heldBytes += text.length;
    const isLog = !isBare || event.timestamp !== NO_TIME || saysTime(text) || this.#heldBytes > MOST_HELD;
    if (isLog) this.settle(true);
  }

  /** Ends the doubt. @returns whether events were dropped */
  settle(isLog: boolean): boolean {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (isLog) for (const [event, offset] of held) this.take(event, offset);
    return !isLog && held.length > 0;
  }
}

function saysTime(text: string): boolean {
  const record: unknown = JSON.parse(text);
  return (
    typeof record === "object" && record !== null && Object.keys(record).some((key) => TIME_KEY.test(key))
  );
}
