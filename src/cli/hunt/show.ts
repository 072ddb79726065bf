import type { Command } from "commander";
import type { Hunt } from "../../model/hunt";
import { printable } from "../../model/printable";
import { asUsage } from "../errors";
import { examples } from "../help";
import { printJson, printLines, wantsJson } from "../output/print";
import { bold, terminalColumns } from "../output/terminal";
import { wrap } from "../output/text";
import {
  checkParameters,
  type ParameterOptions,
  parameterOption,
  type Values,
  valuesOf,
} from "../parameters";
import type { Session } from "../session";
import { findHunt } from "./find";

/** Prose is easiest to read in lines no longer than this. */
const PROSE_COLUMNS = 100;

/** `cordon hunt show ID` */
export function defineShow(command: Command, session: Session): void {
  command
    .description(
      "Show a hunt: its question, its query as it will run, how to read the answer, what to ask next.",
    )
    .argument("<id>", "the hunt's id")
    .action((id: string, options: ParameterOptions) => show(id, valuesOf(options), session));
  parameterOption(command);
  examples(
    command,
    "cordon hunt show iam-access-key",
    "cordon hunt show iam-access-key --param accessKeyId=AKIAIOSFODNN7EXAMPLE",
  );
}

async function show(id: string, values: Values, session: Session): Promise<void> {
  const { exampleValues, queryDefinitionName, renderFilterPattern, renderQuery } = await import(
    "../../model/hunt"
  );
  const hunt = await findHunt(session, id);
  checkParameters(`the hunt ${hunt.id}`, hunt.parameters, values, { partial: true });
  const used = { ...exampleValues(hunt), ...values };
  const query = asUsage(() => renderQuery(hunt, used));
  const pattern = hunt.filterPattern && {
    pattern: asUsage(() => renderFilterPattern(hunt, used)),
    match: hunt.filterPattern.match,
  };
  const savedQuery = queryDefinitionName(hunt);
  if (wantsJson(session)) {
    printJson(session, {
      ...hunt,
      savedQuery,
      values: used,
      query,
      ...(pattern && { filterPattern: pattern }),
    });
    return;
  }
  printLines(session, describe({ hunt, savedQuery, query, pattern, given: values }, session));
}

interface Shown {
  hunt: Hunt;
  savedQuery: string;
  query: string;
  pattern: { pattern: string; match: string } | undefined;
  given: Values;
}

function describe({ hunt, savedQuery, query, pattern, given }: Shown, { io }: Session): string[] {
  const columns = Math.min(terminalColumns(io.stdout) ?? PROSE_COLUMNS, PROSE_COLUMNS);
  const heading = bold(io.stdout, io.env);
  const prose = (text: string) => text.split("\n").flatMap((line) => wrap(printable(line), columns - 2));
  const verbatim = (text: string) => text.trimEnd().split("\n").map(printable);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", heading(title), ...lines.map((line) => `  ${line}`.trimEnd())];
  const parameters = Object.entries(hunt.parameters).flatMap(([name, { type, description, example }]) =>
    prose(
      `${name} (${type}): ${description}; ${name in given ? `here ${given[name]}` : `here the example ${example}`}`,
    ),
  );
  return [
    heading(`${printable(hunt.title)} (${hunt.id})`),
    ...section("Question", prose(hunt.question)),
    ...section("Why", prose(hunt.why)),
    ...section("ATT&CK", [[hunt.tactic, ...hunt.attack].join(" ")]),
    ...section("Parameters", parameters),
    ...section("Query", verbatim(query)),
    ...(pattern === undefined
      ? []
      : section(
          `Filter pattern (matches ${MATCH[pattern.match] ?? pattern.match})`,
          verbatim(pattern.pattern),
        )),
    ...section("How to read it", prose(hunt.read)),
    ...section("Next", [...hunt.next]),
    ...section("Saved as", [printable(savedQuery)]),
    ...section("Source", prose(hunt.source)),
  ];
}

const MATCH: Readonly<Record<string, string>> = {
  same: "the same events as the query",
  narrower: "only some of the query's events",
  wider: "other events too",
};
