import type { Command } from "commander";
import type { Incident } from "../../model/incident";
import { printable } from "../../model/printable";
import { UsageError } from "../errors";
import { examples } from "../help";
import { soundLibrary } from "../library";
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
import { didYouMean } from "../suggest";
import type { Item, Section } from "./checklist";

/** Prose is easiest to read in lines no longer than this. */
const PROSE_COLUMNS = 100;

/** `cordon runbook show ID` */
export function defineShow(command: Command, session: Session): void {
  command
    .description("Print an incident's procedure as a checklist, with commands to copy.")
    .argument("<id>", "the runbook's id")
    .action((id: string, options: ParameterOptions) => show(id, valuesOf(options), session));
  parameterOption(command);
  examples(
    command,
    "cordon runbook show compromised-access-key",
    "cordon runbook show compromised-access-key --param accessKeyId=AKIAIOSFODNN7EXAMPLE",
  );
}

async function show(id: string, values: Values, session: Session): Promise<void> {
  const { checklist } = await import("./checklist");
  const { incidents, hunts } = await soundLibrary(session);
  const incident = incidents.get(id);
  if (incident === undefined) {
    throw new UsageError({
      code: "runbook-unknown",
      message: `there is no runbook ${JSON.stringify(id)}`,
      hint: didYouMean(id, incidents.keys(), "cordon runbook list"),
    });
  }
  checkParameters(`the runbook ${id}`, incident.parameters, values, { partial: true });
  await checkValues(incident, values);
  const sections = checklist(incident, hunts, values);
  if (wantsJson(session)) printJson(session, { ...incident, checklist: sections });
  else printLines(session, print(incident, sections, values, session));
}

async function checkValues({ parameters }: Incident, values: Values): Promise<void> {
  const { isOfType, parameterTypes } = await import("../../model/parameter");
  const problems = Object.entries(parameters).flatMap(([name, { type }]) => {
    const value = values[name];
    if (value === undefined || isOfType(type, value)) return [];
    const message = `${name} ${JSON.stringify(value)} is not ${parameterTypes[type].expected}`;
    return [{ code: "parameter-type", message }];
  });
  if (problems.length > 0) throw new UsageError(problems);
}

function print(incident: Incident, sections: Section[], values: Values, { io }: Session): string[] {
  const columns = Math.min(terminalColumns(io.stdout) ?? PROSE_COLUMNS, PROSE_COLUMNS);
  const heading = bold(io.stdout, io.env);
  const prose = (text: string, indent: string) =>
    text
      .split("\n")
      .flatMap((line) => wrap(printable(line), columns - indent.length).map((part) => indent + part));
  let number = 0;
  const item = ({ text, commands, notes }: Item): string[] => {
    const label = `${String(++number).padStart(2)}. [ ] `;
    const indent = " ".repeat(label.length);
    return [
      ...prose(text, indent).map((line, index) => (index === 0 ? label + line.slice(label.length) : line)),
      // A command is never wrapped: it is there to be copied.
      ...commands.map((command) => `${indent}$ ${printable(command)}`),
      ...notes.flatMap((note) => prose(note, indent)),
    ].map((line) => line.trimEnd());
  };
  const parameters = Object.entries(incident.parameters).flatMap(([name, { description, example }]) =>
    prose(`${name}: ${description} (${name in values ? values[name] : `for example ${example}`})`, "  "),
  );
  return [
    heading(`${printable(incident.title)} (${incident.id})`),
    ...prose(incident.trigger, "  "),
    ...(parameters.length === 0 ? [] : ["", heading("You start with"), ...parameters]),
    "",
    "  $ export CORDON_LOG_GROUP=CloudTrail/DefaultLogGroup",
    ...sections.flatMap(({ title, items }) => ["", heading(title), ...items.flatMap(item)]),
    "",
    ...prose(`Source: ${incident.source}`, ""),
  ];
}
