import type { ResultField } from "@aws-sdk/client-cloudwatch-logs";
import type { QueryResult, Row } from "../model/query-result";

/** The pointer that GetQueryResults adds to rows which are events: kept in the row, no column. */
const POINTER = "@ptr";

/**
 * Rows of GetQueryResults as records, and their columns. A row leaves out the fields that its event has not, so a
 * column that the first rows lack is put behind the one that it follows in its own row.
 */
export function rowsOf(results: readonly ResultField[][]): Pick<QueryResult, "columns" | "rows"> {
  const columns: string[] = [];
  const known = new Set([POINTER]);
  const rows = results.map((fields) => {
    const row: Row = Object.create(null);
    let before: string | undefined;
    for (const { field = "", value = "" } of fields) {
      row[field] = value;
      if (!known.has(field)) {
        known.add(field);
        columns.splice(before === undefined ? 0 : columns.indexOf(before) + 1, 0, field);
      }
      if (field !== POINTER) before = field;
    }
    return row;
  });
  return { columns, rows };
}
