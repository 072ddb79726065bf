import { run } from "../insights";
import { closest } from "../model/closest";
import { columnTypes } from "../model/column-types";
import { CordonError, type Problem } from "../model/error";
import { exampleValues, type Hunt, renderQuery } from "../model/hunt";
import { type Binding, type ContainStep, type Incident, IncidentFile, stepName } from "../model/incident";
import type { ParameterType } from "../model/parameter";
import { checkYaml, type YamlSource } from "../model/yaml-source";
import { checkExample } from "./check-hunt";
import type { IncidentPath } from "./files";

/** The hunts that an incident can name. */
export interface KnownHunts {
  /** Every hunt's id, those of broken files too. */
  ids: readonly string[];
  /** The hunts whose files are sound: nothing more is said about the use of the others. */
  sound: ReadonlyMap<string, Hunt>;
}

/** Checks one incident runbook against the hunts. */
export function checkIncident(
  source: YamlSource,
  path: IncidentPath,
  hunts: KnownHunts,
): { incident?: Incident; problems: Problem[] } {
  const checked = checkYaml(source, IncidentFile);
  if (checked.problems) return { problems: checked.problems };
  const incident: Incident = { ...checked.value, id: path.id };
  const problems = [
    ...Object.entries(incident.parameters).flatMap(([name, parameter]) =>
      checkExample(source, name, parameter),
    ),
    ...checkUse(source, incident),
    ...incident.steps.flatMap((_, index) => checkStep(source, incident, index, hunts)),
    ...incident.contain.flatMap((contain, index) => checkContain(source, incident, contain, index, hunts)),
  ];
  return problems.length > 0 ? { problems } : { incident, problems };
}

function checkUse(source: YamlSource, { parameters, steps, contain }: Incident): Problem[] {
  const bindings = [
    ...steps.flatMap((step) => Object.values(step.with)),
    ...contain.flatMap(({ from }) => from),
  ];
  const used = new Set(bindings.map((binding) => ("parameter" in binding ? binding.parameter : undefined)));
  return Object.keys(parameters)
    .filter((name) => !used.has(name))
    .map((name) => ({
      code: "parameter-unused",
      message: `no step uses ${name}`,
      hint: `pass it to a hunt with { parameter: ${name} }, or remove it`,
      place: source.keyPlace(["parameters", name]),
    }));
}

function checkStep(source: YamlSource, incident: Incident, index: number, hunts: KnownHunts): Problem[] {
  const step = incident.steps[index];
  if (step === undefined) return [];
  const problems: Problem[] = [];
  const at = ["steps", index];
  const name = stepName(step);
  if (incident.steps.slice(0, index).some((earlier) => stepName(earlier) === name)) {
    problems.push({
      code: "step-duplicate",
      message: `an earlier step is called ${name} too`,
      hint: "give this one a name of its own",
      place: source.place([...at, step.name === undefined ? "hunt" : "name"]),
    });
  }
  if (!hunts.ids.includes(step.hunt)) {
    problems.push(unknownHunt(step.hunt, hunts.ids, source, [...at, "hunt"]));
  }
  const hunt = hunts.sound.get(step.hunt);
  if (hunt === undefined) return problems;
  for (const name of Object.keys(hunt.parameters).filter((name) => !Object.hasOwn(step.with, name))) {
    problems.push({
      code: "parameter-missing",
      message: `hunt "${hunt.id}" needs ${name}`,
      hint: `say in with where it comes from`,
      place: source.place([...at, "with"]),
    });
  }
  for (const [name, binding] of Object.entries(step.with)) {
    const wanted = Object.hasOwn(hunt.parameters, name) ? hunt.parameters[name]?.type : undefined;
    if (wanted === undefined) {
      problems.push({
        code: "parameter-unknown",
        message: `hunt "${hunt.id}" has no parameter ${JSON.stringify(name)}`,
        hint: `its parameters are ${Object.keys(hunt.parameters).join(", ") || "none"}`,
        place: source.keyPlace([...at, "with", name]),
      });
    } else {
      problems.push(
        ...checkBinding(source, [...at, "with", name], binding, [wanted], incident, index, hunts),
      );
    }
  }
  return problems;
}

/** What a block-list entry takes: a name of its kind, or an ARN. */
const ENTITY_TYPES: Record<ContainStep["entity"], readonly ParameterType[]> = {
  user: ["userName", "arn"],
  role: ["roleName", "arn"],
  group: ["groupName", "arn"],
};

function checkContain(
  source: YamlSource,
  incident: Incident,
  { entity, from }: ContainStep,
  index: number,
  hunts: KnownHunts,
): Problem[] {
  return from.flatMap((binding, which) =>
    checkBinding(
      source,
      ["contain", index, "from", which],
      binding,
      ENTITY_TYPES[entity],
      incident,
      incident.steps.length,
      hunts,
    ),
  );
}

/** A binding names something that exists by then, and whose values are of one of the wanted types. */
function checkBinding(
  source: YamlSource,
  at: readonly PropertyKey[],
  binding: Binding,
  wanted: readonly ParameterType[],
  incident: Incident,
  before: number,
  hunts: KnownHunts,
): Problem[] {
  const problem = (code: string, key: string, message: string, hint: string): Problem[] => [
    { code, message, hint, place: source.place([...at, key]) },
  ];
  if ("parameter" in binding) {
    const names = Object.keys(incident.parameters);
    const type = names.includes(binding.parameter) ? incident.parameters[binding.parameter]?.type : undefined;
    if (type === undefined) {
      return problem(
        "parameter-unknown",
        "parameter",
        `this runbook has no parameter ${JSON.stringify(binding.parameter)}`,
        `its parameters are ${names.join(", ") || "none"}`,
      );
    }
    if (wanted.includes(type)) return [];
    return problem(
      "binding-type",
      "parameter",
      `${binding.parameter} is of type ${type}`,
      `expected ${wanted.join(" or ")}`,
    );
  }
  const earlier = incident.steps.slice(0, before);
  const step = earlier.find((step) => stepName(step) === binding.step);
  if (step === undefined) {
    const names = earlier.map(stepName);
    return problem(
      "step-unknown",
      "step",
      `no earlier step is called ${JSON.stringify(binding.step)}`,
      names.length === 0 ? "this is the first step" : `the earlier steps are ${names.join(", ")}`,
    );
  }
  const hunt = hunts.sound.get(step.hunt);
  if (hunt === undefined) return [];
  const columns = columnsOf(hunt);
  if (!columns.includes(binding.column)) {
    return problem(
      "column-unknown",
      "column",
      `hunt "${hunt.id}" has no column ${JSON.stringify(binding.column)}`,
      columns.length === 0 ? "its query cannot be evaluated here" : `its columns are ${columns.join(", ")}`,
    );
  }
  const types = columnTypes(binding.column);
  if (types.some((type) => wanted.includes(type))) return [];
  return problem(
    "binding-type",
    "column",
    `column ${binding.column} holds ${types.length === 0 ? "values of no known type" : `values of type ${types.join(" or ")}`}`,
    `expected ${wanted.join(" or ")}`,
  );
}

/** The columns of a hunt's rows. None where the local engine does not evaluate the query. */
function columnsOf(hunt: Hunt): string[] {
  try {
    return run(renderQuery(hunt, exampleValues(hunt)), []).columns;
  } catch (error) {
    if (error instanceof CordonError) return [];
    throw error;
  }
}

/** The problem of an id that no hunt has. */
export function unknownHunt(
  id: string,
  ids: readonly string[],
  source: YamlSource,
  at: readonly PropertyKey[],
): Problem {
  const meant = closest(id, ids);
  return {
    code: "hunt-unknown",
    message: `there is no hunt ${JSON.stringify(id)}`,
    hint: meant === undefined ? "a hunt's id is its file's name without .yaml" : `did you mean ${meant}?`,
    place: source.place(at),
  };
}
