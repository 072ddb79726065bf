import { randomUUID } from "node:crypto";
import { ApiError } from "../api-error";
import type { Parameters } from "../api-request";
import { pageStart, pageToken } from "./page-token";
import { invalid, optionalInteger, optionalText, optionalTexts, requiredText } from "./parameters";

/** A saved query, as DescribeQueryDefinitions returns it. */
export interface QueryDefinition {
  queryDefinitionId: string;
  name: string;
  queryString: string;
  queryLanguage: string;
  logGroupNames: string[];
  /** Milliseconds since the epoch. */
  lastModified: number;
}

/** Per region and account (CloudWatch Logs User Guide, "Save and re-run queries"). */
export const MAX_DEFINITIONS = 1000;

/** The saved queries of one region. The text is not compiled when it is saved, as on AWS. */
export class QueryDefinitions {
  readonly #saved = new Map<string, QueryDefinition>();
  /** Which create a client's token made, so that a retry makes no second one. */
  readonly #tokens = new Map<string, string>();

  constructor(private readonly clock: () => number) {}

  /** PutQueryDefinition: with an id a replacement of everything, without one a new definition. Names may repeat. */
  put(from: Parameters): { queryDefinitionId: string } {
    const name = requiredText(from, "name", 1, 255);
    const queryString = requiredText(from, "queryString", 1, 10_000);
    const wanted = optionalText(from, "queryDefinitionId", 1, 256);
    const logGroupNames = optionalTexts(from, "logGroupNames") ?? [];
    const queryLanguage = optionalText(from, "queryLanguage") ?? "CWLI";
    const token = optionalText(from, "clientToken", 36, 128);
    if (!["CWLI", "SQL", "PPL"].includes(queryLanguage)) {
      throw invalid(`Value '${queryLanguage}' at 'queryLanguage' must be one of [CWLI, SQL, PPL]`);
    }
    if (from.parameters !== undefined)
      throw invalid("The lab does not play parameters of query definitions.");
    if (wanted !== undefined && !this.#saved.has(wanted)) throw notFound(wanted);
    const before = wanted === undefined && token !== undefined ? this.#tokens.get(token) : undefined;
    if (before !== undefined && this.#saved.has(before)) return { queryDefinitionId: before };
    if (wanted === undefined && this.#saved.size >= MAX_DEFINITIONS) {
      throw new ApiError("LimitExceededException", "Account query definition limit exceeded");
    }
    const queryDefinitionId = wanted ?? randomUUID();
    const lastModified = this.clock();
    this.#saved.set(queryDefinitionId, {
      queryLanguage,
      queryDefinitionId,
      name,
      queryString,
      lastModified,
      logGroupNames,
    });
    if (wanted === undefined && token !== undefined) this.#tokens.set(token, queryDefinitionId);
    return { queryDefinitionId };
  }

  /** DescribeQueryDefinitions, sorted by name. `maxResults` is 1,000 when it is left out. */
  describe(from: Parameters): { queryDefinitions: QueryDefinition[]; nextToken?: string } {
    const prefix = optionalText(from, "queryDefinitionNamePrefix", 1, 255) ?? "";
    const language = optionalText(from, "queryLanguage");
    const size = optionalInteger(from, "maxResults", 1, 1000) ?? 1000;
    const start = pageStart(optionalText(from, "nextToken"), [prefix, language]);
    const all = [...this.#saved.values()]
      .filter(
        (one) => one.name.startsWith(prefix) && (language === undefined || one.queryLanguage === language),
      )
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const end = start + size;
    return {
      queryDefinitions: all.slice(start, end),
      ...(end < all.length && { nextToken: pageToken(end, [prefix, language]) }),
    };
  }

  /** DeleteQueryDefinition */
  delete(from: Parameters): { success: boolean } {
    const id = requiredText(from, "queryDefinitionId", 1, 256);
    if (!this.#saved.delete(id)) throw notFound(id);
    return { success: true };
  }
}

function notFound(id: string): ApiError {
  return new ApiError("ResourceNotFoundException", `Query Definition with id ${id} could not be found.`);
}
