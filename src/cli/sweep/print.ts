import type { Hunt } from "../../model/hunt";
import { printable } from "../../model/printable";
import { printLines, printTable } from "../output/print";
import { bold, terminalColumns } from "../output/terminal";
import { timeText, wrap } from "../output/text";
import { count } from "../progress";
import type { Session } from "../session";
import { shellWord } from "../shell-word";
import type { SweepOptions } from ".";
import { type Finding, ORDER } from "./rank";
import { tallies, tallyText } from "./tally";

/** What each hunt found: text for people, or a row. JSON names all callers and calls, the others the most frequent. */
export function printFindings(found: readonly Finding[], options: SweepOptions, session: Session): void {
  const nameOf = naming(found);
  const who = ({ callers }: Finding) =>
    tallyText(callers.map(({ name, count }) => ({ name: nameOf(name), count })));
  if (session.options.output === "table") {
    printLines(
      session,
      found.flatMap((finding) => paragraph(finding, who(finding), session)),
    );
    return;
  }
  printTable(
    session,
    ["HUNT", "EVENTS", "FAILED", "FIRST", "LAST", "WHO", "WHAT"],
    found.map((finding) => [
      finding.hunt.id,
      String(finding.events),
      String(finding.failed),
      timeText(finding.first),
      timeText(finding.last),
      who(finding),
      tallyText(finding.calls),
    ]),
    found.map(({ hunt, events, failed, first, last, callers, calls, values }) => ({
      hunt: hunt.id,
      title: hunt.title,
      tactic: hunt.tactic,
      attack: hunt.attack,
      events,
      failed,
      first: timeText(first) || null,
      last: timeText(last) || null,
      callers,
      calls,
      command: closer({ hunt, values }, options, session),
    })),
  );
}

/** Three lines that are read at any width of a terminal. */
function paragraph(
  { hunt, events, failed, first, last, calls }: Finding,
  who: string,
  { io }: Session,
): string[] {
  const columns = terminalColumns(io.stdout) ?? Number.POSITIVE_INFINITY;
  const when = first === undefined ? "at no known time" : `${timeText(first)} to ${timeText(last)}`;
  const details = [
    `${count(events, "event")}${failed === 0 ? "" : `, ${failed} failed`}, ${when}`,
    tallyText(calls),
    who === "" ? "" : `by ${who}`,
  ];
  return [
    bold(io.stdout, io.env)(`${hunt.id}: ${printable(hunt.title)}`),
    ...details
      .filter((text) => text !== "")
      .flatMap((text) => wrap(printable(text), columns - 2).map((line) => `  ${line}`)),
  ];
}

/** What comes after the rows: their order, how to look closer, and the hunts without a row. */
export function tellRest(
  { found, quiet, asking }: { found: readonly Finding[]; quiet: readonly Finding[]; asking: readonly Hunt[] },
  options: SweepOptions,
  session: Session,
): void {
  const { stderr } = session.io;
  if (quiet.length > 0) {
    stderr.write(
      `${count(quiet.length, "hunt")} found nothing: ${quiet.map(({ hunt }) => hunt.id).join(", ")}\n`,
    );
  }
  if (asking.length > 0) {
    const names = [...new Set(asking.flatMap(({ parameters }) => Object.keys(parameters)))];
    stderr.write(
      `${count(asking.length, "hunt needs", "hunts need")} to be told whom or what to look for: ${names.map((name) => `--param ${name}=...`).join(", ")}\n`,
    );
  }
  const [first] = found;
  if (first === undefined) return;
  stderr.write(`seen by most hunts: ${printable(inMost(found))}\n`);
  stderr.write(`${ORDER}\nlook closer: ${closer(first, options, session)}\n`);
}

/** Who is seen by how many hunts: whoever is in many is the one to look at. */
function inMost(found: readonly Finding[]): string {
  const nameOf = naming(found);
  return tallyText(
    tallies(found.flatMap(({ callers }) => callers.map(({ name }) => [nameOf(name), 1] as const))),
  );
}

/** The command that shows the hunt's own rows. */
function closer(
  { hunt, values }: Pick<Finding, "hunt" | "values">,
  options: SweepOptions,
  session: Session,
): string {
  const { archive = [], account, logGroup, since, start, end } = options;
  const { project, region, profile } = session.options;
  const given: [name: string, value: string | undefined][] = [
    ...Object.entries(values).map(([name, value]): [string, string] => ["param", `${name}=${value}`]),
    ...archive.map((path): [string, string] => ["archive", path]),
    ["log-group", logGroup],
    ["account", account],
    ["since", since],
    ["start", start],
    ["end", end],
    ["region", region],
    ["profile", profile],
    ["project", project],
  ];
  const words = given.flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, shellWord(value)],
  );
  return ["cordon", "hunt", "run", hunt.id, ...words].join(" ");
}

const ARN = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):(.+)$/;

/**
 * How callers are called: `user/alice`, their ARNs without what all have in common. In full where they are of several
 * accounts.
 */
function naming(found: readonly Finding[]): (name: string) => string {
  const accounts = found.flatMap(({ callers }) => callers.flatMap(({ name }) => ARN.exec(name)?.[1] ?? []));
  return new Set(accounts).size > 1 ? (name) => name : (name) => ARN.exec(name)?.[2] ?? name;
}
