import { isTactic } from "./attack";
import { closest } from "./closest";
import { CordonError, type Problem } from "./error";
import { exampleValues, type Hunt, queryDefinitionName, renderQuery } from "./hunt";
import type { HuntSelection } from "./hunt-selection";

/** A hunt as it is saved in the CloudWatch console. */
export interface SavedQuery {
  /** The hunt's id. */
  id: string;
  /** `Incident Response/<Tactic>/<Title>`: the console makes folders of it. */
  name: string;
  queryString: string;
}

/** The longest query (CloudWatch Logs API Reference, PutQueryDefinition, queryString). Characters. */
export const MAX_QUERY_LENGTH = 10_000;

/** The longest name of a saved query (CloudWatch Logs API Reference, PutQueryDefinition, name). Characters. */
export const MAX_NAME_LENGTH = 255;

/**
 * A saved query's name: segments without `:` and `*`, separated by single slashes. It accepts what the AWS provider
 * accepts, in linear time; the provider's own expression takes exponential time on a name that ends in a colon.
 */
const NAME = /^[^:*/]+(?:\/[^:*/]+)*$/;

/**
 * The saved queries that a selection asks for, in the order of their ids. Everything is checked before anything is
 * returned.
 *
 * @throws CordonError with every id, parameter, value, name and query that is not right.
 */
export function savedQueries(selection: HuntSelection, hunts: ReadonlyMap<string, Hunt>): SavedQuery[] {
  const problems = [...unknownHunts(selection, hunts)];
  const queries: SavedQuery[] = [];
  for (const hunt of hunts.values()) {
    if (
      selection.only !== undefined &&
      !selection.only.some((word) => word === hunt.id || word === hunt.tactic)
    ) {
      continue;
    }
    try {
      const queryString = renderQuery(hunt, {
        ...exampleValues(hunt),
        ...own(selection.parameters, hunt.id),
      });
      queries.push({ id: hunt.id, name: queryDefinitionName(hunt), queryString });
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (queries.length === 0 && problems.length === 0) {
    problems.push({
      code: "hunt-none-selected",
      message: "no hunt is selected",
      hint: "cordon:hunts.only leaves none over: leave it out to get all",
    });
  }
  queries.sort((a, b) => (a.id < b.id ? -1 : 1));
  problems.push(...queries.flatMap(checkLimits), ...sameNames(queries));
  if (problems.length > 0) throw new CordonError(problems);
  return queries;
}

function unknownHunts({ only = [], parameters }: HuntSelection, hunts: ReadonlyMap<string, Hunt>): Problem[] {
  const strange = (word: string, path: string, hint: string | undefined): Problem => ({
    code: "hunt-unknown",
    message: `there is no hunt ${JSON.stringify(word)}`,
    ...(hint && { hint: `did you mean ${hint}?` }),
    place: { path },
  });
  const tactics = new Set([...hunts.values()].map(({ tactic }) => tactic as string));
  return [
    ...only
      .filter((word) => !hunts.has(word) && !tactics.has(word) && !isTactic(word))
      .map((word) => strange(word, "cordon:hunts.only", closest(word, [...hunts.keys(), ...tactics]))),
    ...Object.keys(parameters)
      .filter((id) => !hunts.has(id))
      .map((id) => strange(id, "cordon:hunts.parameters", closest(id, hunts.keys()))),
  ];
}

function checkLimits({ id, name, queryString }: SavedQuery): Problem[] {
  const problems: Problem[] = [];
  const problem = (code: string, message: string) =>
    problems.push({ code, message: `hunt ${id}: ${message}` });
  if (!NAME.test(name)) {
    problem(
      "saved-query-name",
      `${JSON.stringify(name)} is no name for a saved query: no :, * or /, nothing empty`,
    );
  }
  if (name.length > MAX_NAME_LENGTH) {
    problem(
      "saved-query-name",
      `its name has ${name.length} characters, at most ${MAX_NAME_LENGTH} are allowed`,
    );
  }
  if (queryString.length > MAX_QUERY_LENGTH) {
    problem(
      "saved-query-length",
      `its query has ${queryString.length} characters, at most ${MAX_QUERY_LENGTH} are allowed`,
    );
  }
  return problems;
}

function sameNames(queries: readonly SavedQuery[]): Problem[] {
  const first = new Map<string, string>();
  return queries.flatMap(({ id, name }) => {
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, id);
      return [];
    }
    const message = `hunts ${earlier} and ${id} would both be saved as ${JSON.stringify(name)}`;
    return [{ code: "saved-query-duplicate", message, hint: "give one of them another title" }];
  });
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
