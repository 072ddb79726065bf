const CLASSES: Readonly<Record<string, string>> = {
  d: "[0-9]",
  D: "[^0-9]",
  w: "[0-9A-Za-z_]",
  W: "[^0-9A-Za-z_]",
  s: "[\\t\\n\\f\\r ]",
  S: "[^\\t\\n\\f\\r ]",
  t: "\\t",
  n: "\\n",
  r: "\\r",
};

/**
 * The platform's regex for a pattern that is an alternation of plain sequences: no groups, no quantifiers, no
 * brackets. Each step matches one character, so matching cannot backtrack within an alternative and takes time linear
 * in the text. `undefined` for any other pattern.
 */
export function harmlessRegex(pattern: string): RegExp | undefined {
  const ignoreCase = pattern.startsWith("(?i)");
  let source = "";
  let atStart = true;
  for (let index = ignoreCase ? 4 : 0; index < pattern.length; index++) {
    const character = pattern[index] ?? "";
    const next = pattern[index + 1];
    let piece: string | undefined;
    if (character === "|") piece = "|";
    else if (character === ".") piece = "[^\\n]";
    else if (character === "^") piece = atStart ? "^" : undefined;
    else if (character === "$") piece = next === undefined || next === "|" ? "$" : undefined;
    else if (character === "\\") {
      index++;
      piece = next === undefined ? undefined : (CLASSES[next] ?? escapedLiteral(next));
    } else if (!/[()[\]{}?*+]/.test(character)) piece = literal(character);
    if (piece === undefined) return undefined;
    source += piece;
    atStart = character === "|";
  }
  return new RegExp(source, ignoreCase ? "iu" : "u");
}

/** The text that a pattern stands for, if it stands for nothing but that. */
export function literalOf(pattern: string): string | undefined {
  let text = "";
  for (let index = 0; index < pattern.length; index++) {
    let character = pattern[index] ?? "";
    if (character === "\\") {
      character = pattern[++index] ?? "";
      if (!isPunctuation(character)) return undefined;
    } else if (/[.^$|()[\]{}?*+]/.test(character)) return undefined;
    text += character;
  }
  return text;
}

/** The texts of which a text that matches holds one, if the pattern is nothing but a choice between them. */
export function literalAlternatives(pattern: string): string[] | undefined {
  const texts = pattern.split("|").map(literalOf);
  return texts.includes(undefined) ? undefined : texts.filter((text) => text !== undefined);
}

function escapedLiteral(character: string): string | undefined {
  return isPunctuation(character) ? literal(character) : undefined;
}

function isPunctuation(character: string): boolean {
  return /^[!-/:-@[-`{-~]$/.test(character);
}

function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
