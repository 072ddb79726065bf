import { compileRegex } from "./regex";
import type { Value } from "./tree";

export type TextTest = (text: string) => boolean;

/** Whether a text is what a pattern's value says; a number here is compared as it was written. */
export function compileText(value: Value): TextTest {
  if (value.kind === "regex") return compileRegex(value.source);
  if (value.kind === "number") return (text) => text === value.text;
  return compileGlob(value.text);
}

/**
 * `*` stands for any characters, none included. Each piece between two is looked for from left to right, never again:
 * time is linear in the text.
 */
function compileGlob(glob: string): TextTest {
  const [first = "", ...rest] = glob.split("*");
  const last = rest.pop();
  if (last === undefined) return (text) => text === glob;
  const pieces = rest.filter((piece) => piece !== "");
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let offset = first.length;
    for (const piece of pieces) {
      const found = text.indexOf(piece, offset);
      if (found < 0) return false;
      offset = found + piece.length;
    }
    return offset <= end;
  };
}
