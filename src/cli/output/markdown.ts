import { codeSpan } from "../../model/code-span";

/** Rows as the lines of a Markdown table in which no cell acts on its reader. Headings are our own. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return markdownLines(
    headings,
    rows.map((cells) => cells.map(codeSpan)),
  );
}

/** The same for cells that are Markdown already. */
export function markdownLines(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [headings, headings.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}
