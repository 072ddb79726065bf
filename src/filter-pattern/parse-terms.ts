import type { Cursor } from "./cursor";
import { parseQuoted } from "./parse-comparison";
import type { Term, TermsPattern } from "./tree";

const ROLES = { "?": "optional", "-": "exclude" } as const;

/** Parses terms and phrases, each bare, or after `?` or `-`, apart by blanks. */
export function parseTerms(cursor: Cursor): TermsPattern {
  const terms: Term[] = [];
  cursor.space();
  while (!cursor.done) {
    const at = cursor.offset;
    const mark = cursor.here;
    const role = mark === "?" || mark === "-" ? ROLES[mark] : "include";
    if (role !== "include") cursor.offset++;
    const text = cursor.here === '"' ? parseQuoted(cursor) : parseBare(cursor);
    if (text === "")
      cursor.failTerm('""', "an empty phrase is not allowed; leave the pattern empty to match all", at);
    terms.push({ role, text });
    const end = cursor.offset;
    if (cursor.space() === "" && !cursor.done) {
      cursor.failTerm(
        cursor.here,
        "put terms with characters other than letters, digits and _ in double quotes",
        end,
      );
    }
  }
  return { kind: "terms", terms };
}

function parseBare(cursor: Cursor): string {
  const text = cursor.take(/[\p{L}\p{M}\p{N}_]+/uy);
  if (text !== "") return text;
  const hint =
    cursor.here === "%"
      ? "a regular expression stands alone, or in a JSON or space-delimited pattern"
      : "{" === cursor.here || "[" === cursor.here
        ? "a JSON or space-delimited pattern starts with its bracket, with nothing before it"
        : "put terms with characters other than letters, digits and _ in double quotes";
  return cursor.failTerm(cursor.here, hint);
}
