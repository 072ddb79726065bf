import { ATTACK_VERSION, type Tactic, tactics } from "../model/attack";
import type { Hunt } from "../model/hunt";
import { parameterTypeNames, parameterTypes } from "../model/parameter";
import type { Library } from "./index";

/** The text of docs/hunts.md. `npm run generate` writes it. */
export function huntsPage({ hunts, incidents }: Library): string {
  const all = [...hunts.values()];
  const folders = (Object.keys(tactics) as Tactic[]).filter((tactic) =>
    all.some((hunt) => hunt.tactic === tactic),
  );
  return [
    "# Hunts",
    "",
    "<!-- Written by `npm run generate` from runbooks/. A test fails while it is not current. -->",
    "",
    `${all.length} hunts and ${incidents.size} incident runbooks. Tactics and techniques are those of MITRE ATT&CK`,
    `version ${ATTACK_VERSION}; \`triage\` holds the hunts that start from an indicator. \`cordon hunt show ID\` prints a`,
    "whole hunt, its query, and how to read its rows.",
    "",
    "The filter pattern asks the same of `filter-log-events`. *same* finds the events that the query finds, *narrower*",
    "only some of them, *wider* others too.",
    "",
    ...folders.flatMap((tactic) => [
      `## ${tactics[tactic]}`,
      "",
      "| Hunt | Question | ATT&CK | Parameters | Filter pattern | Source |",
      "|---|---|---|---|---|---|",
      ...all.filter((hunt) => hunt.tactic === tactic).map(row),
      "",
    ]),
    "## Incident runbooks",
    "",
    "| Runbook | When | You start with |",
    "|---|---|---|",
    ...[...incidents.values()].map(({ id, title, trigger, parameters }) =>
      cells(
        `[${title}](../runbooks/incidents/${id}.yaml)<br>\`${id}\``,
        trigger,
        code(Object.keys(parameters)),
      ),
    ),
    "",
    "## Parameter types",
    "",
    "A value is put into a query as it stands. It has to be of its type, whole; quotes, backslashes, controls and `{{` are",
    "refused everywhere, in a filter pattern also `*` and `%`, in a regex every character that means something there.",
    "",
    "| Type | Value | Source |",
    "|---|---|---|",
    ...parameterTypeNames.map((name) =>
      cells(`\`${name}\``, parameterTypes[name].expected, parameterTypes[name].source),
    ),
    "",
  ].join("\n");
}

function row({ id, tactic, title, question, attack, parameters, filterPattern, source }: Hunt): string {
  return cells(
    `[${title}](../runbooks/hunts/${tactic}/${id}.yaml)<br>\`${id}\``,
    question,
    attack
      .map(
        (technique) => `[${technique}](https://attack.mitre.org/techniques/${technique.replace(".", "/")}/)`,
      )
      .join(" "),
    code(Object.keys(parameters)),
    filterPattern?.match ?? "",
    source,
  );
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(" ");
}

/** A table's row. What the cells hold is text: bars and line breaks would end them. */
function cells(...texts: string[]): string {
  return `| ${texts.map((text) => text.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|")).join(" | ")} |`;
}
