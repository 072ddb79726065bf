import { type Command, InvalidArgumentError } from "commander";
import { closest } from "../model/closest";
import type { Problem } from "../model/error";
import type { Parameter } from "../model/parameter";
import { UsageError } from "./errors";

/** Values of parameters, by name. Without a prototype: the names come from the command line. */
export type Values = Record<string, string>;

export interface ParameterOptions {
  param?: Values;
}

/** Adds `--param name=value`, which may be given again and again. */
export function parameterOption(command: Command): Command {
  return command.option("--param <name=value>", "a parameter's value; repeatable", collect);
}

/** The values that were given. */
export function valuesOf({ param }: ParameterOptions): Values {
  return param ?? Object.create(null);
}

function collect(text: string, values: Values = Object.create(null)): Values {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("write it as name=value.");
  const name = text.slice(0, at);
  if (name in values) throw new InvalidArgumentError(`${name} is given twice.`);
  return Object.assign(Object.create(null), values, { [name]: text.slice(at + 1) });
}

/**
 * @param of what the parameters belong to: `the hunt iam-access-key`.
 * @param partial whether some may be left out.
 * @throws UsageError with every parameter that there is not, and every one that is missing.
 */
export function checkParameters(
  of: string,
  parameters: Readonly<Record<string, Parameter>>,
  values: Values,
  { partial = false } = {},
): void {
  const names = Object.keys(parameters);
  const problems: Problem[] = Object.keys(values)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = closest(name, names);
      const has = names.length > 0 ? `it has ${names.join(", ")}` : "it has none";
      return {
        code: "parameter-unknown",
        message: `${of} has no parameter ${JSON.stringify(name)}`,
        hint: near === undefined ? has : `did you mean ${near}?`,
      };
    });
  for (const [name, { description, example }] of partial ? [] : Object.entries(parameters)) {
    if (name in values) continue;
    problems.push({
      code: "parameter-missing",
      message: `${of} needs ${name}: ${description}`,
      hint: `for example --param ${name}=${example}`,
    });
  }
  if (problems.length > 0) throw new UsageError(problems);
}
