import { type Command, InvalidArgumentError } from "commander";

export interface TimeoutOptions {
  /** Minutes. */
  timeout?: number;
}

/** Adds `--timeout`. The service itself gives a query up after 60 minutes. */
export function timeoutOption(command: Command): Command {
  return command.option("--timeout <minutes>", "when to give the query up, 1 to 60 (default: 15)", minutes);
}

/** In milliseconds. */
export function timeoutOf({ timeout }: TimeoutOptions): { timeout?: number } {
  return timeout === undefined ? {} : { timeout: timeout * 60_000 };
}

function minutes(text: string): number {
  const number = Number(text);
  if (!/^\d{1,2}$/.test(text) || number < 1 || number > 60) {
    throw new InvalidArgumentError("it is a number of minutes from 1 to 60.");
  }
  return number;
}
