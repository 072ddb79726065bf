import type { Hunt } from "../../model/hunt";
import type { Binding, Incident, Step } from "../../model/incident";
import { stepName } from "../../model/incident";
import type { Values } from "../parameters";
import { shellWord } from "../shell-word";

/** One thing to do. */
export interface Item {
  /** What to do or to settle. */
  text: string;
  /** Command lines to copy; `'<name>'` stands for what has to be filled in, and is refused by every hunt. */
  commands: string[];
  /** What else to know. */
  notes: string[];
}

export interface Section {
  title: string;
  items: Item[];
}

/** An incident's procedure as things to do, in order. The responder's `values` are filled in where they are known. */
export function checklist(incident: Incident, hunts: ReadonlyMap<string, Hunt>, values: Values): Section[] {
  const plain = (texts: readonly string[]): Item[] =>
    texts.map((text) => ({ text, commands: [], notes: [] }));
  return [
    { title: "Hunt", items: incident.steps.map((step) => huntItem(step, hunts.get(step.hunt), values)) },
    {
      title: "Contain",
      items: [
        ...incident.contain.map(({ entity, who, from, why }) => ({
          text: `Put the ${entity} on the block list: ${who}`,
          commands: [],
          notes: [`Why: ${why}`, `Name or ARN: ${from.map(describeBinding).join("; ")}`],
        })),
        {
          text: "Preview, have the pull request reviewed, apply",
          commands: ["pulumi preview --stack containment", "pulumi up --stack containment"],
          notes: [],
        },
      ],
    },
    { title: "Verify", items: plain(incident.verify) },
    {
      title: "What a deny does not stop",
      items: incident.notStopped.map(({ gap, instead }) => ({
        text: gap,
        commands: [],
        notes: [`Instead: ${instead}`],
      })),
    },
    { title: "Look elsewhere too", items: plain(incident.alsoLook) },
    { title: "Restore", items: plain(incident.restore) },
  ].filter(({ items }) => items.length > 0);
}

function huntItem(step: Step, hunt: Hunt | undefined, values: Values): Item {
  const bindings = Object.entries(step.with);
  const passed = bindings.flatMap(([name, binding]) =>
    "parameter" in binding && binding.parameter in values ? [] : [`${name}: ${describeBinding(binding)}`],
  );
  return {
    text: `${hunt?.title ?? step.hunt} (${stepName(step)}): ${step.ask}`,
    commands: [
      [
        "cordon hunt run",
        step.hunt,
        ...bindings.map(([name, binding]) => parameter(name, binding, values)),
      ].join(" "),
    ],
    notes: [...passed, ...(step.pass === undefined ? [] : [`Pass on: ${step.pass}`])],
  };
}

function parameter(name: string, binding: Binding, values: Values): string {
  const known = "parameter" in binding ? values[binding.parameter] : undefined;
  return `--param ${name}=${shellWord(known ?? `<${"parameter" in binding ? binding.parameter : binding.column}>`)}`;
}

function describeBinding(binding: Binding): string {
  return "parameter" in binding
    ? `what you started with (${binding.parameter})`
    : `column ${binding.column} of ${binding.step}`;
}
