import type { FunctionDefinition, ScalarFunction } from "../functions/definition";
import { AGGREGATE_FUNCTIONS, SCALAR_FUNCTIONS } from "../functions/table";
import { MAX_QUERY_LENGTH } from "../parse";
import { COMMANDS, type CommandDefinition } from "../syntax/command-table";
import { OPEN_QUESTIONS } from "./open-questions";

/** The text of docs/insights.md. `npm run generate` writes it. */
export function insightsPage(): string {
  return [
    "# Logs Insights QL",
    "",
    "<!-- Written by npm run generate from the tables in src/insights/. -->",
    "",
    "What queries of hunts may use, and what of it Cordon evaluates itself, over logs that are at hand. A test runs every",
    "example. Commands, functions and keywords may be written in upper or lower case. What is listed nowhere is refused,",
    `with the place and the reason. A query has at most ${MAX_QUERY_LENGTH.toLocaleString("en")} characters. Every regex runs in time linear in`,
    "the text.",
    "",
    "Sources are pages of the CloudWatch Logs user guide, `https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/`.",
    "",
    "## Commands",
    "",
    "| Command | What it does | Example | Source |",
    "|---|---|---|---|",
    ...COMMANDS.filter(({ onlyAws }) => onlyAws === undefined).map(commandRow),
    "",
    "## Commands that only AWS can answer",
    "",
    "They parse, so hunts may use them where CloudWatch runs the query. Where Cordon would have to run it, it refuses,",
    "as it does subqueries (`in (SOURCE ...)`), `parse` with XML, comparisons with `null`, and system fields that nothing",
    "but AWS knows, such as `@data_source_name` and `@duration`.",
    "",
    "| Command | What it does | Example | Why not here |",
    "|---|---|---|---|",
    ...COMMANDS.flatMap((command) => (command.onlyAws === undefined ? [] : awsRow(command, command.onlyAws))),
    "",
    "## Aggregate functions, in `stats`",
    "",
    ...functionTable(AGGREGATE_FUNCTIONS),
    ...groups().flatMap(([group, functions]) => [`## Functions: ${group}`, "", ...functionTable(functions)]),
    "## What AWS leaves open",
    "",
    "The documentation does not say, or what was seen differs from it. Until it is known, Cordon does this:",
    "",
    "| Question | Cordon |",
    "|---|---|",
    ...OPEN_QUESTIONS.map(({ question, answer }) => `| ${question} | ${answer} |`),
    "",
  ].join("\n");
}

function commandRow(command: CommandDefinition): string {
  return `| ${namesOf(command)} | ${command.summary} | ${code(command.example)} | ${command.source} |`;
}

function awsRow(command: CommandDefinition, reason: string): string {
  return `| ${namesOf(command)} | ${command.summary} | ${code(command.example)} | ${reason} |`;
}

function functionTable(functions: readonly FunctionDefinition[]): string[] {
  return [
    "| Function | What it gives | Examples | Source |",
    "|---|---|---|---|",
    ...functions.map((definition) => {
      const examples = definition.examples.map(
        ([call, result]) => `${code(call)} ${result === null ? "gives nothing" : `gives ${code(result)}`}`,
      );
      return `| ${namesOf(definition)} | ${definition.summary} | ${examples.join("<br>")} | ${definition.source} |`;
    }),
    "",
  ];
}

function groups(): [group: string, functions: ScalarFunction[]][] {
  const byGroup = new Map<string, ScalarFunction[]>();
  for (const definition of SCALAR_FUNCTIONS) {
    byGroup.set(definition.group, [...(byGroup.get(definition.group) ?? []), definition]);
  }
  return [...byGroup];
}

function namesOf({ name, aliases = [] }: { name: string; aliases?: readonly string[] }): string {
  return [name, ...aliases].map(code).join(", ");
}

function code(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return fence + text.replace(/\|/g, "\\|") + fence;
}
