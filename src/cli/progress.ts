import { printable } from "../model/printable";
import type { Progress } from "../sources/source";
import { terminalColumns } from "./output/terminal";
import type { Session } from "./session";

/** One line at the bottom of a terminal that says how far a run is. Does nothing when stderr is no terminal. */
export interface ProgressLine {
  show(progress: Progress): void;
  /** Wipes the line away. */
  clear(): void;
}

export function progressLine({ io }: Session, unit: string): ProgressLine {
  const columns = terminalColumns(io.stderr);
  if (columns === undefined || io.env.TERM === "dumb")
    return { show: () => undefined, clear: () => undefined };
  const began = Date.now();
  let shown = false;
  return {
    show(progress) {
      const line =
        progress.files === undefined
          ? describe(progress, unit)
          : bar({ ...progress, files: progress.files }, unit, (Date.now() - began) / 1000);
      io.stderr.write(`\r\u001b[K${printable(line).slice(0, columns - 1)}`);
      shown = true;
    },
    clear() {
      if (shown) io.stderr.write("\r\u001b[K");
      shown = false;
    },
  };
}

function describe({ status, found, statistics }: Progress, unit: string): string {
  const scanned = statistics === undefined ? "" : `, ${bytes(statistics.bytesScanned)} scanned`;
  return `${status}: ${count(found, unit)}${scanned}`;
}

const BAR_COLUMNS = 20;

/**
 * `[=====>    ] 45 %, 90 of 200 files, 320 MB/s, 12 s left: 3 rows`. The rate is that of the text, which is what a
 * query scans; the time left goes by the bytes on disk.
 *
 * @param seconds since the run began
 */
export function bar(
  { files, found, statistics }: Progress & Required<Pick<Progress, "files">>,
  unit: string,
  seconds: number,
): string {
  const part = files.bytesTotal === 0 ? files.done / files.total : files.bytesDone / files.bytesTotal;
  const filled = Math.floor(part * BAR_COLUMNS);
  const drawn = filled === BAR_COLUMNS ? "=".repeat(filled) : `${"=".repeat(filled)}>`.padEnd(BAR_COLUMNS);
  const rate = statistics === undefined || seconds === 0 ? 0 : statistics.bytesScanned / seconds;
  const left = part === 0 ? "" : `, ${duration((seconds * (1 - part)) / part)} left`;
  return `[${drawn}] ${Math.floor(part * 100)} %, ${files.done} of ${count(files.total, "file")}, ${bytes(rate)}/s${left}: ${count(found, unit)}`;
}

/** `12 s`, `3 min 5 s`, `2 h 10 min` */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `1 row`, `2 rows` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `1.5 MB`: in powers of ten, as AWS bills. */
export function bytes(number: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = number;
  while (value >= 999.95 && units.length > 1) {
    value /= 1000;
    units.shift();
  }
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[0]}`;
}
