import { CordonError, type Problem } from "../model/error";
import { isOfType, type Parameter } from "../model/parameter";
import { checkPlaceholders, fill, type TemplateLanguage } from "../model/template";
import type { YamlSource } from "../model/yaml-source";
import { offsetOf, placeInScalar } from "./scalar-place";

/** A query or a filter pattern in a YAML file. */
export interface Template {
  /** The YAML path: `["query"]`. */
  path: readonly string[];
  language: TemplateLanguage;
  text: string;
  /** The language's parser, which throws CordonErrors with line and column. */
  parse: (text: string) => unknown;
}

/**
 * Checks a template's placeholders, and its syntax and length by the language's parser.
 *
 * @param names the names of all parameters, those with problems of their own too.
 * @param parameters those that are sound: the template is parsed with their examples in it.
 */
export function checkTemplate(
  source: YamlSource,
  { path, language, text: template, parse }: Template,
  names: readonly string[],
  parameters: Readonly<Record<string, Parameter>>,
): Problem[] {
  const problems: Problem[] = checkPlaceholders(template, language, names).map(({ problem, offset }) => ({
    ...problem,
    place: placeInScalar(source, path, offset),
  }));
  const { text, offsetInTemplate } = fill(template, language, (name) => {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    return parameter !== undefined && isOfType(parameter.type, parameter.example) ? parameter.example : "x";
  });
  if (problems.some(({ code }) => code === "placeholder-unquoted")) return problems;
  try {
    parse(text);
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    for (const problem of error.problems) {
      const offset = offsetInTemplate(offsetOf(text, problem.place ?? {}));
      problems.push({ ...problem, place: placeInScalar(source, path, offset) });
    }
  }
  return problems;
}
