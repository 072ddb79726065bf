import { closest } from "../model/closest";
import type { Problem } from "../model/error";
import { type ContainStep, type Incident, IncidentFile, stepName } from "../model/incident";
import type { ParameterType } from "../model/parameter";
import { checkYaml, type YamlSource } from "../model/yaml-source";
import { checkBinding, type KnownHunts, type Scope } from "./check-binding";
import { checkExample } from "./check-hunt";
import type { IncidentPath } from "./files";

/** Checks one incident runbook against the hunts. */
export function checkIncident(
  source: YamlSource,
  path: IncidentPath,
  hunts: KnownHunts,
): { incident?: Incident; problems: Problem[] } {
  const checked = checkYaml(source, IncidentFile);
  if (checked.problems) return { problems: checked.problems };
  const incident: Incident = { ...checked.value, id: path.id };
  const scope = { source, incident, hunts };
  const problems = [
    ...Object.entries(incident.parameters).flatMap(([name, parameter]) =>
      checkExample(source, name, parameter),
    ),
    ...checkUse(source, incident),
    ...incident.steps.flatMap((_, index) => checkStep({ ...scope, stepsDone: index })),
    ...checkContain({ ...scope, stepsDone: incident.steps.length }),
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

/** Checks the step that follows those that are done. */
function checkStep(scope: Scope): Problem[] {
  const { source, incident, hunts, stepsDone } = scope;
  const step = incident.steps[stepsDone];
  if (step === undefined) return [];
  const at = ["steps", stepsDone];
  const problems: Problem[] = [];
  if (incident.steps.slice(0, stepsDone).some((earlier) => stepName(earlier) === stepName(step))) {
    problems.push({
      code: "step-duplicate",
      message: `an earlier step is called ${stepName(step)} too`,
      hint: "give this one a name of its own",
      place: source.place([...at, step.name === undefined ? "hunt" : "name"]),
    });
  }
  if (!hunts.ids.includes(step.hunt))
    problems.push(unknownHunt(step.hunt, hunts.ids, source, [...at, "hunt"]));
  const hunt = hunts.sound.get(step.hunt);
  if (hunt === undefined) return problems;
  for (const name of Object.keys(hunt.parameters).filter((name) => !Object.hasOwn(step.with, name))) {
    problems.push({
      code: "parameter-missing",
      message: `hunt "${hunt.id}" needs ${name}`,
      hint: "say in with where it comes from",
      place: source.place([...at, "with"]),
    });
  }
  for (const [name, binding] of Object.entries(step.with)) {
    const wanted = Object.hasOwn(hunt.parameters, name) ? hunt.parameters[name]?.type : undefined;
    if (wanted !== undefined) problems.push(...checkBinding(scope, [...at, "with", name], binding, [wanted]));
    else {
      problems.push({
        code: "parameter-unknown",
        message: `hunt "${hunt.id}" has no parameter ${JSON.stringify(name)}`,
        hint: `its parameters are ${Object.keys(hunt.parameters).join(", ") || "none"}`,
        place: source.keyPlace([...at, "with", name]),
      });
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

function checkContain(scope: Scope): Problem[] {
  return scope.incident.contain.flatMap(({ entity, from }, index) =>
    from.flatMap((binding, which) =>
      checkBinding(scope, ["contain", index, "from", which], binding, ENTITY_TYPES[entity]),
    ),
  );
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
