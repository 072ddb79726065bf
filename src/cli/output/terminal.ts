import { styleText } from "node:util";
import { type Io, type Output, wantsColour } from "../io";

/** What a terminal is taken to be when it does not say. Columns. */
const DEFAULT_COLUMNS = 80;

/** Width to wrap at: only on a terminal, never when the output is piped on. */
export function terminalColumns(output: Output): number | undefined {
  // A terminal of no known size says 0.
  return output.isTTY === true ? output.columns || DEFAULT_COLUMNS : undefined;
}

/** Makes text stand out where colours are wanted. */
export function bold(output: Output, env: Io["env"]): (text: string) => string {
  return wantsColour(output, env)
    ? (text) => styleText("bold", text, { validateStream: false })
    : (text) => text;
}
