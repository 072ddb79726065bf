import { printable } from "./printable";

/**
 * What still acts inside a code span in a table's cell, or in the log of a workflow: the backtick ends the span, the
 * bar ends the cell (GitHub Flavored Markdown, "Tables" and "Code spans"), `::` begins a workflow command and `##[`
 * its older form (GitHub Actions, "Workflow commands").
 */
const STILL_ACTS = /[`|]|(?<=:):|(?<=##)\[/g;

/**
 * `text`, which anybody may have written, as one Markdown code span that is safe in a cell of a table: GitHub makes no
 * mention, link, reference, HTML or emoji of what stands in it. What would act all the same is written as `\u{60}`.
 * The empty string stays empty, since an empty span would be two backticks that open another one.
 */
export function codeSpan(text: string): string {
  if (text === "") return "";
  const inert = printable(text).replace(
    STILL_ACTS,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return `\`${inert}\``;
}
