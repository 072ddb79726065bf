import path from "node:path";
import { lineOf } from "../answer";
import { type Duckdb, questionOf } from "../questions";
import type { Job, Tool } from "./tool";

/** Records of more than that make DuckDB refuse a file: it reads a file as one object. Bytes. */
const MAX_OBJECT = 2 ** 26;

export const duckdb: Tool = async ({ question: id, paths, threads }: Job) => {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const sql = sqlOf(questionOf(id).duckdb, paths);
  return async () => {
    const instance = await DuckDBInstance.create(":memory:", { threads: String(threads) });
    const connection = await instance.connect();
    const rows = (await connection.runAndReadAll(sql)).getRows();
    return { lines: () => rows.map(lineOf) };
  };
};

/** Only the fields that are asked for are parsed; where every match holds a literal, only of records that hold it. */
export function sqlOf({ literals, structure, select }: Duckdb, folders: readonly string[]): string {
  const globs = folders.map((folder) => text(path.join(folder, "**", "*.json.gz"))).join(", ");
  const files = `read_json_objects([${globs}], format = 'newline_delimited', maximum_object_size = ${MAX_OBJECT})`;
  if (literals === undefined) {
    const records = `from_json(json, ${text(JSON.stringify({ Records: [structure] }))}).Records`;
    return select(`(select unnest(${records}) as r from ${files})`);
  }
  // A record is what stands between two beginnings of one, without the comma or the end of the list behind it.
  const begin = text('{"eventVersion"');
  const holds = literals.map((literal) => `contains(t, ${text(literal)})`).join(" or ");
  const pieces = `unnest(list_filter(string_split(json::VARCHAR, ${begin}), lambda t: ${holds}))`;
  const whole = `regexp_replace(${begin} || t, '(,|\\]\\}\\s*)$', '')`;
  return select(
    `(select from_json(${whole}, ${text(JSON.stringify(structure))}) as r from (select ${pieces} as t from ${files}))`,
  );
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
