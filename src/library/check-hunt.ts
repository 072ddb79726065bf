import { parse as parseFilterPattern } from "../filter-pattern";
import { parse as parseQuery } from "../insights";
import { CordonError, type Problem } from "../model/error";
import {
  exampleValues,
  type Hunt,
  HuntFile,
  HuntFilterPattern,
  queryDefinitionName,
  renderFilterPattern,
  renderQuery,
} from "../model/hunt";
import { isOfType, Parameter, parameterTypes } from "../model/parameter";
import { printable } from "../model/printable";
import { MAX_NAME_LENGTH } from "../model/saved-query";
import { placeholders } from "../model/template";
import { checkYaml, type YamlSource } from "../model/yaml-source";
import { checkTemplate, type Template } from "./check-template";
import type { HuntPath } from "./files";

/** What one file says, as far as it can be used. */
export interface CheckedHunt {
  path: HuntPath;
  source: YamlSource;
  problems: Problem[];
  /** Absent when something is wrong with the file. */
  hunt?: Hunt;
  /** For the checks between files, which also take in files that are wrong elsewhere. */
  title?: string;
  next: string[];
}

/** Checks one hunt by itself. Each key is checked as far as it can be, whatever is wrong with the others. */
export function checkHunt(source: YamlSource, path: HuntPath): CheckedHunt {
  const checked = checkYaml(source, HuntFile);
  const draft = readDraft(source.value);
  const problems = [
    ...(checked.problems ?? []),
    ...checkTitle(source, path, draft.title),
    ...checkParameters(source, draft),
    ...templates(draft).flatMap((template) =>
      checkTemplate(source, template, draft.parameterNames, draft.parameters),
    ),
  ];
  const result = { path, source, problems, next: draft.next, ...(draft.title && { title: draft.title }) };
  if (problems.length > 0 || checked.value === undefined) return result;
  const hunt: Hunt = { ...checked.value, id: path.id, tactic: path.tactic };
  problems.push(...checkExamples(source, hunt), ...checkTechniques(source, hunt));
  return problems.length > 0 ? result : { ...result, hunt };
}

/** What of the file is well-formed, key by key. */
interface Draft {
  title?: string | undefined;
  query?: string | undefined;
  pattern?: string | undefined;
  next: string[];
  parameters: Record<string, Parameter>;
  /** Of the well-formed and of the others. */
  parameterNames: string[];
}

function readDraft(value: unknown): Draft {
  const raw = asRecord(value);
  const parameters = asRecord(raw.parameters);
  return {
    title: HuntFile.shape.title.safeParse(raw.title).data,
    query: HuntFile.shape.query.safeParse(raw.query).data,
    pattern: HuntFilterPattern.shape.pattern.safeParse(asRecord(raw.filterPattern).pattern).data,
    next: HuntFile.shape.next.safeParse(raw.next).data ?? [],
    parameterNames: Object.keys(parameters),
    parameters: Object.fromEntries(
      Object.entries(parameters).flatMap(([name, parameter]) => {
        const { data } = Parameter.safeParse(parameter);
        return data === undefined ? [] : [[name, data]];
      }),
    ),
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function templates({ query, pattern }: Draft): Template[] {
  const all: Template[] = [];
  if (query !== undefined) {
    all.push({ path: ["query"], language: "insights", text: query, parse: parseQuery });
  }
  if (pattern !== undefined) {
    const path = ["filterPattern", "pattern"];
    all.push({ path, language: "filter-pattern", text: pattern, parse: parseFilterPattern });
  }
  return all;
}

/** The provider's rule for names: no `:` or `*`, and no empty folder (the title is one folder's worth of it). */
function checkTitle(source: YamlSource, { tactic }: HuntPath, title: string | undefined): Problem[] {
  if (title === undefined) return [];
  const place = source.place(["title"]);
  const problems: Problem[] = [];
  if (/[:*/]/.test(title) || printable(title) !== title || title.trim() !== title) {
    problems.push({
      code: "hunt-title",
      message: `title ${JSON.stringify(title)} cannot be part of a saved query's name`,
      hint: "one line without : * and /",
      place,
    });
  }
  const name = queryDefinitionName({ title, tactic });
  if (name.length > MAX_NAME_LENGTH) {
    problems.push({
      code: "hunt-name-too-long",
      message: `the saved query's name has ${name.length} characters`,
      hint: `at most ${MAX_NAME_LENGTH}, the folders included: shorten the title`,
      place,
    });
  }
  return problems;
}

function checkParameters(source: YamlSource, { query, parameters, parameterNames }: Draft): Problem[] {
  const problems = Object.entries(parameters).flatMap(([name, parameter]) =>
    checkExample(source, name, parameter),
  );
  if (query === undefined) return problems;
  const used = new Set(placeholders(query, "insights").map(({ name }) => name));
  for (const name of parameterNames.filter((name) => !used.has(name))) {
    problems.push({
      code: "parameter-unused",
      message: `the query does not use ${name}`,
      hint: `write {{${name}}} into it, or remove the parameter`,
      place: source.keyPlace(["parameters", name]),
    });
  }
  return problems;
}

/** A parameter's example is of its type. */
export function checkExample(source: YamlSource, name: string, { type, example }: Parameter): Problem[] {
  if (isOfType(type, example)) return [];
  return [
    {
      code: "parameter-example",
      message: `example ${JSON.stringify(example)} is not ${parameterTypes[type].expected}`,
      place: source.place(["parameters", name, "example"]),
    },
  ];
}

/** What is left to go wrong when the examples are put in: a value that a regex would not take literally. */
function checkExamples(source: YamlSource, hunt: Hunt): Problem[] {
  const tried = (path: string[], render: () => string): Problem[] => {
    try {
      render();
      return [];
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      return error.problems.map((problem) => ({ ...problem, place: source.place(path) }));
    }
  };
  const values = exampleValues(hunt);
  return [
    ...tried(["query"], () => renderQuery(hunt, values)),
    ...(hunt.filterPattern
      ? tried(["filterPattern", "pattern"], () => renderFilterPattern(hunt, values))
      : []),
  ];
}

function checkTechniques(source: YamlSource, { tactic, attack }: Hunt): Problem[] {
  if (tactic === "triage" || attack.length > 0) return [];
  return [
    {
      code: "hunt-without-technique",
      message: "no ATT&CK technique",
      hint: "name one in attack, or put the hunt into triage/ if it starts from an indicator",
      place: source.place(["attack"]),
    },
  ];
}
