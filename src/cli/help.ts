import type { Command } from "commander";

/** Adds examples to a command's `--help`: command lines that can be copied. */
export function examples(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText("after", `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`);
}
