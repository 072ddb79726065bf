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
  let shown = false;
  return {
    show({ status, found, statistics }) {
      const scanned = statistics === undefined ? "" : `, ${bytes(statistics.bytesScanned)} scanned`;
      const text = printable(`${status}: ${count(found, unit)}${scanned}`).slice(0, columns - 1);
      io.stderr.write(`\r\u001b[K${text}`);
      shown = true;
    },
    clear() {
      if (shown) io.stderr.write("\r\u001b[K");
      shown = false;
    },
  };
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
