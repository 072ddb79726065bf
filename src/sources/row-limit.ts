import { parse } from "../insights";
import { CordonError, type Problem } from "../model/error";
import { MAX_ROWS } from "../model/query-result";

/**
 * How many rows to ask a source for: what is wanted, else what the query itself says, else as many as there can be.
 * AWS's pages do not agree on whether the query's own `limit` or the request's wins, so only one is given. A query that
 * our parser refuses is left to AWS, with its default of 10,000 rows.
 */
export function rowLimit(query: string, wanted?: number): number | undefined {
  if (wanted !== undefined) return wanted;
  try {
    return parse(query).commands.some(({ kind }) => kind === "limit") ? undefined : MAX_ROWS;
  } catch (error) {
    if (error instanceof CordonError) return undefined;
    throw error;
  }
}

/** Said of an answer of as many rows as there can be. @param which rows of what, with a blank after it */
export function rowsCut(rows: number, which = ""): Problem {
  return {
    code: "query-rows-cut",
    message: `${rows} rows ${which}are as many as there can be, and there may be more`,
    hint: "ask by shorter spans of time with --start and --end, or with a limit for the first rows alone",
  };
}
