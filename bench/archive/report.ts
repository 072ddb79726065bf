import type { CorpusSize } from "./corpus";
import { compare, type Measured } from "./measure";
import { CONTENDERS } from "./plan";
import { QUESTIONS } from "./questions";
import type { ToolName } from "./tools/tool";

export type Results = ReadonlyMap<string, Measured>;

/** A target, and whether it is reached. */
export interface Verdict {
  target: string;
  found: string;
  holds: boolean;
}

const SWEEP_TARGET = 3;
/** Bytes. */
const MEMORY_TARGET = 300e6;
/** How much longer an event of a fourfold archive may take: measuring is not exact. */
const LINEAR = 1.25;

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);
const megabytes = (bytes: number) => (bytes === 0 ? "" : (bytes / 1e6).toFixed(0));

export function of(results: Results, name: string): Measured {
  const found = results.get(name);
  if (found === undefined) throw new Error(`${name} was not measured`);
  return found;
}

/** How many times the limit something took: the median of its rounds. */
function ratio(results: Results, name: string): number {
  return of(results, name).ratio.median;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Every tool must give the answer that JSON.parse of everything gives. @throws Error */
export function compareAnswers(results: Results): void {
  for (const { id } of QUESTIONS) {
    const expected = of(results, `parse ${id}`).answer;
    for (const { key } of CONTENDERS) {
      const name = `${key} ${id}`;
      const found = results.get(name);
      if (found !== undefined) compare(name, expected, found.answer, found.isCountOnly);
    }
  }
  compare("sweep-1", of(results, "sweep-2").answer, of(results, "sweep-1").answer, false);
}

/** Wall time as a multiple of the limit's. */
export function ratioTable(results: Results, absent: readonly ToolName[]): string {
  const limit = of(results, "gunzip-2");
  const cell = (name: string) => (results.has(name) ? ratio(results, name).toFixed(2) : "");
  const rows = CONTENDERS.map(({ key, tool, what }) =>
    absent.includes(tool)
      ? [`${what}: not installed`, "", "", "", "", ""]
      : [what, ...QUESTIONS.map(({ id }) => cell(`${key} ${id}`)), cell(key.replace("cordon", "sweep"))],
  );
  return markdown(
    [`times the ${seconds(limit.wall.median)} s of gunzip`, ...QUESTIONS.map(({ id }) => id), "sweep"],
    [["gunzip, 1 thread", cell("gunzip-1"), "", "", "", ""], ...rows],
  );
}

/** All times and memory: shortest and median, and how far the ratios are apart. */
export function detailTable(results: Results): string {
  return markdown(
    ["job", "times gunzip", "wall: min, s", "median, s", "CPU: min, s", "median, s", "memory, MB", "rows"],
    [...results].map(([name, { wall, ratio, cpu, rss, answer }]) => [
      name,
      `${ratio.min.toFixed(2)} to ${ratio.max.toFixed(2)}`,
      ...[wall.min, wall.median, cpu.min, cpu.median].map(seconds),
      megabytes(rss),
      answer.length === 0 ? "" : String(answer.length),
    ]),
  );
}

/** Events and text in a second. @param names of results to tell about, and what they are */
export function rateTable(
  results: Results,
  { events, bytes, files }: CorpusSize,
  names: readonly [name: string, what: string][],
): string {
  return markdown(
    ["", "s", "events/s", "MB/s", "files/s", "memory, MB"],
    names.map(([name, what]) => {
      const { wall, rss } = of(results, name);
      const perSecond = (amount: number) => (amount / (wall.median / 1000)).toFixed(0);
      return [what, seconds(wall.median), ...[events, bytes / 1e6, files].map(perSecond), megabytes(rss)];
    }),
  );
}

export function growthTable(results: Results): string {
  const asked = ["gunzip", ...QUESTIONS.map(({ id }) => id), "sweep"];
  const sizes = [1, 2, 4];
  const cell = (name: string) => {
    const { wall, rss } = of(results, name);
    return `${seconds(wall.median)} s, ${megabytes(rss)} MB`;
  };
  return markdown(
    ["size", ...sizes.map((times) => `${times}x`)],
    asked.map((name) => [name, ...sizes.map((times) => cell(`${name} ${times}`))]),
  );
}

/** What one volume says about the targets. */
export function verdicts(results: Results): Verdict[] {
  const atMost = (target: string, found: number, most: number): Verdict => ({
    target: `${target}: at most ${most} times the gunzip`,
    found: found.toFixed(2),
    holds: found <= most,
  });
  const mine = [...results].filter(([name]) => /^(?:cordon|sweep)-/.test(name));
  return [
    ...QUESTIONS.map(({ id, what, target }) =>
      atMost(`${id}, ${what}`, ratio(results, `cordon-2 ${id}`), target),
    ),
    atMost("sweep", ratio(results, "sweep-2"), SWEEP_TARGET),
    ...QUESTIONS.map(({ id }): Verdict => {
      const [cordon, duckdb] = [ratio(results, `cordon-2 ${id}`), ratio(results, `duckdb ${id}`)];
      return {
        target: `${id}: faster than DuckDB`,
        found: `${cordon.toFixed(2)} against ${duckdb.toFixed(2)}`,
        holds: cordon < duckdb,
      };
    }),
    memory(
      "memory",
      mine.map(([, { rss }]) => rss),
    ),
  ];
}

/** What four volumes say about them. */
export function growthVerdicts(results: Results): Verdict[] {
  const asked = [...QUESTIONS.map(({ id }) => id as string), "sweep"];
  return [
    ...asked.map((name): Verdict => {
      const longer = of(results, `${name} 4`).wall.median / of(results, `${name} 1`).wall.median / 4;
      return {
        target: `${name}: an event of four times as many takes at most ${LINEAR} times as long`,
        found: longer.toFixed(2),
        holds: longer <= LINEAR,
      };
    }),
    memory(
      "memory at four times the size",
      asked.map((name) => of(results, `${name} 4`).rss),
    ),
  ];
}

function memory(target: string, all: readonly number[]): Verdict {
  const most = Math.max(...all);
  return {
    target: `${target}: under ${megabytes(MEMORY_TARGET)} MB`,
    found: `${megabytes(most)} MB`,
    holds: most < MEMORY_TARGET,
  };
}

export function verdictTable(all: readonly Verdict[]): string {
  return markdown(
    ["target", "measured", ""],
    all.map(({ target, found, holds }) => [target, found, holds ? "holds" : "**missed**"]),
  );
}
