import type { Command } from "commander";
import type { LogEvent } from "../model/log-event";
import { printable } from "../model/printable";
import { UsageError } from "./errors";
import { csvHeading, csvLine } from "./output/csv";
import { escapeJson, safeJson } from "./output/json";
import { printLines } from "./output/print";
import { records } from "./output/table";
import { bold, terminalColumns } from "./output/terminal";
import type { Session } from "./session";

export interface EventOptions {
  whole?: boolean;
}

/** Adds `--whole`. */
export function eventOptions(command: Command): Command {
  return command.option("--whole", "print each event as it was logged, one a line");
}

/** Prints events as they come. */
export interface EventPrinter {
  print(event: LogEvent): void;
  /** Must be called once, whatever happened: it closes the JSON array. @param complete no error cut it short */
  end(complete: boolean): void;
}

/** Prints the parts that AWS's lab looks at, whole messages as they were logged, or the format that was asked for. */
export function eventPrinter(session: Session, whole: boolean): EventPrinter {
  const { stdout } = session.io;
  const { output } = session.options;
  let number = 0;
  if (output === "jsonl") {
    return { print: (event) => void stdout.write(`${safeJson(asJson(event), 0)}\n`), end: () => undefined };
  }
  if (output === "csv") {
    return {
      print(event) {
        const [names, cells] = parts(event);
        if (number++ === 0) stdout.write(csvHeading(names));
        stdout.write(csvLine(cells));
      },
      end: () => undefined,
    };
  }
  if (output === "json") {
    return {
      print: (event) => void stdout.write(`${number++ === 0 ? "[\n" : ",\n"}${safeJson(asJson(event))}`),
      end(complete) {
        if (number > 0) stdout.write("\n]\n");
        else if (complete) stdout.write("[]\n");
      },
    };
  }
  if (output === "markdown") {
    throw new UsageError({
      code: "output-format",
      message: "--output markdown is for tables, and these are events",
      hint: "use table, json, jsonl or csv",
    });
  }
  if (whole) {
    return { print: ({ message }) => void stdout.write(`${asLogged(message)}\n`), end: () => undefined };
  }
  const columns = terminalColumns(stdout);
  const heading = bold(stdout, session.io.env);
  return {
    print(event) {
      const [names, cells] = parts(event);
      if (number++ > 0) stdout.write("\n");
      printLines(session, records(names, [cells], { columns, heading, number }));
    },
    end: () => undefined,
  };
}

function asJson({ timestamp, message, logStream, ingestionTime }: LogEvent) {
  return {
    time: new Date(timestamp).toISOString(),
    timestamp,
    ...(ingestionTime !== undefined && { ingestionTime }),
    ...(logStream !== undefined && { logStream }),
    message: parse(message) ?? message,
  };
}

/** On one line, and otherwise byte for byte, unless a terminal would act on it. */
function asLogged(message: string): string {
  return parse(message) === undefined ? printable(message) : escapeJson(message).replaceAll("\n", " ");
}

function parts({ timestamp, message }: LogEvent): [names: string[], cells: string[]] {
  const event = parse(message);
  const times = { time: new Date(timestamp).toISOString(), epoch: String(timestamp) };
  if (event === undefined) return rowOf({ ...times, message });
  const what = [event.eventSource, event.eventName, event.errorCode].filter(
    (part) => typeof part === "string",
  );
  return rowOf({
    ...times,
    event: what.join(" "),
    userIdentity: cell(event.userIdentity),
    sourceIPAddress: cell(event.sourceIPAddress),
    responseElements: cell(event.responseElements),
  });
}

function rowOf(fields: Record<string, string>): [names: string[], cells: string[]] {
  return [Object.keys(fields), Object.values(fields).map(printable)];
}

/** As jq prints it: a missing part is `null`. */
function cell(value: unknown): string {
  return typeof value === "string" ? value : safeJson(value ?? null, 0);
}

/** The JSON object that a message is; `undefined` for one that is something else. */
function parse(message: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
