/** East Asian wide and full-width characters and emoji, which take two columns of a terminal (Unicode's UAX 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
/** Marks that are drawn upon the character before them. */
const MARK = /\p{Mn}|\p{Me}/u;
const ASCII = /^[\x20-\x7e]*$/;

/** Columns of a terminal that one character (a code point, already printable) takes. */
function characterWidth(character: string): number {
  if (character < "\u0300") return 1;
  if (MARK.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Columns of a terminal that printable text takes. */
export function width(text: string): number {
  if (ASCII.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

/** `text` followed by blanks up to `columns`. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - width(text)));
}

/** Printable text in lines of at most `columns`, broken at blanks where there are any, else anywhere. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  let lineWidth = 0;
  let blank = -1;
  for (const character of text) {
    const wide = characterWidth(character);
    if (lineWidth + wide > columns && line !== "") {
      // A blank early in the line would leave most of it empty.
      const at = character === " " ? line.length : blank > line.length / 3 ? blank : line.length;
      const rest = line.slice(at).trimStart();
      lines.push(line.slice(0, at).trimEnd());
      line = rest;
      lineWidth = width(rest);
      blank = -1;
    }
    if (character === " ") {
      if (line === "" && lines.length > 0) continue;
      blank = line.length;
    }
    line += character;
    lineWidth += wide;
  }
  lines.push(line.trimEnd());
  return lines;
}
