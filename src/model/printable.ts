/**
 * What a terminal, a pager or a web page would act on instead of showing it, or would not show at all: controls,
 * format characters (the bidirectional ones of Unicode's UAX 9 among them), unassigned and private-use characters,
 * lone surrogates, line and paragraph separators, and whatever Unicode lets a renderer leave out.
 */
export const ACTED_ON = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** What nearly all text is made of, found out ten times as fast. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * `text` on one line, with each character that would be acted on or not be seen written as `\u{202e}`. Whatever an
 * attacker can write (user agents, session names, reasons) goes through here before it reaches a terminal.
 */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(ACTED_ON, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    if (character === "\r") return "\\r";
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
}
