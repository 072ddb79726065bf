import { run, type SearchOptions } from "../../src/insights";
import type { LogEvent } from "../../src/model/log-event";

/** 2024-07-10 18:30:33.524 UTC */
export const TIME = 1_720_636_233_524;

/** A log event that holds a record as JSON, or a text. */
export function eventOf(message: object | string, more: Partial<LogEvent> = {}): LogEvent {
  return {
    timestamp: TIME,
    message: typeof message === "string" ? message : JSON.stringify(message),
    ...more,
  };
}

/** The rows of a query as plain objects, without `@ptr`. */
export function rowsOf(
  query: string,
  events: Iterable<LogEvent>,
  options?: SearchOptions,
): Record<string, string>[] {
  return run(query, events, options).rows.map((row) => {
    const { "@ptr": _, ...columns } = row;
    return columns;
  });
}

/** Whether a query's condition holds for an event. */
export function holds(condition: string, event: LogEvent): boolean {
  return run(`filter ${condition}`, [event]).rows.length === 1;
}
