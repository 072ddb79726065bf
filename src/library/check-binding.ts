import { run } from "../insights";
import { columnTypes } from "../model/column-types";
import { CordonError, type Problem } from "../model/error";
import { exampleValues, type Hunt, renderQuery } from "../model/hunt";
import { type Binding, type Incident, stepName } from "../model/incident";
import type { ParameterType } from "../model/parameter";
import type { YamlSource } from "../model/yaml-source";

/** The hunts that an incident can name. */
export interface KnownHunts {
  /** Every hunt's id, those of broken files too. */
  ids: readonly string[];
  /** The hunts whose files are sound: nothing more is said about the use of the others. */
  sound: ReadonlyMap<string, Hunt>;
}

/** What a binding can refer to. */
export interface Scope {
  source: YamlSource;
  incident: Incident;
  hunts: KnownHunts;
  /** How many of the incident's steps have been done by then. */
  stepsDone: number;
}

/** A binding names something that exists by then, and whose values are of one of the wanted types. */
export function checkBinding(
  scope: Scope,
  at: readonly PropertyKey[],
  binding: Binding,
  wanted: readonly ParameterType[],
): Problem[] {
  const wrong =
    "parameter" in binding ? wrongParameter(scope, binding, wanted) : wrongColumn(scope, binding, wanted);
  return wrong.map(({ key, ...problem }) => ({ ...problem, place: scope.source.place([...at, key]) }));
}

/** A problem, and the key of the binding that it is about. */
type Wrong = Omit<Problem, "place"> & { key: string };

function wrongParameter(
  { incident: { parameters } }: Scope,
  { parameter: name }: { parameter: string },
  wanted: readonly ParameterType[],
): Wrong[] {
  const key = "parameter";
  const type = Object.hasOwn(parameters, name) ? parameters[name]?.type : undefined;
  if (type === undefined) {
    const message = `this runbook has no parameter ${JSON.stringify(name)}`;
    const hint = `its parameters are ${Object.keys(parameters).join(", ") || "none"}`;
    return [{ code: "parameter-unknown", message, hint, key }];
  }
  if (wanted.includes(type)) return [];
  const hint = `expected ${wanted.join(" or ")}`;
  return [{ code: "binding-type", message: `${name} is of type ${type}`, hint, key }];
}

function wrongColumn(
  { incident, hunts, stepsDone }: Scope,
  { step: name, column }: { step: string; column: string },
  wanted: readonly ParameterType[],
): Wrong[] {
  const earlier = incident.steps.slice(0, stepsDone);
  const step = earlier.find((step) => stepName(step) === name);
  if (step === undefined) {
    const message = `no earlier step is called ${JSON.stringify(name)}`;
    const names = earlier.map(stepName).join(", ");
    const hint = names ? `the earlier steps are ${names}` : "this is the first step";
    return [{ code: "step-unknown", message, hint, key: "step" }];
  }
  const hunt = hunts.sound.get(step.hunt);
  if (hunt === undefined) return [];
  const key = "column";
  const columns = columnsOf(hunt);
  if (!columns.includes(column)) {
    const message = `hunt "${hunt.id}" has no column ${JSON.stringify(column)}`;
    const hint =
      columns.length > 0 ? `its columns are ${columns.join(", ")}` : "its query cannot be evaluated here";
    return [{ code: "column-unknown", message, hint, key }];
  }
  const types = columnTypes(column);
  if (types.some((type) => wanted.includes(type))) return [];
  const message = `column ${column} holds values of ${types.length > 0 ? `type ${types.join(" or ")}` : "no known type"}`;
  return [{ code: "binding-type", message, hint: `expected ${wanted.join(" or ")}`, key }];
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
