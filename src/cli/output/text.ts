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

/** Without the blanks at the end. (`/ +$/` would take quadratic time on a long run of blanks.) */
export function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (text[end - 1] === " ") end--;
  return text.slice(0, end);
}

/** Printable text in lines of at most `columns`, broken at blanks where there are any, else anywhere. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = text;
  for (;;) {
    const room = fitting(rest, columns);
    if (room >= rest.length) return [...lines, withoutTrailingBlanks(rest)];
    const blank = rest.lastIndexOf(" ", room);
    // A blank early in the line would leave most of it empty.
    const end = blank > room / 3 ? blank : room;
    lines.push(withoutTrailingBlanks(rest.slice(0, end)));
    rest = rest.slice(end).replace(/^ +/, "");
    if (rest === "") return lines;
  }
}

/** How many UTF-16 code units of `text` fit into `columns`: whole characters, and one at least. */
function fitting(text: string, columns: number): number {
  if (ASCII.test(text)) return Math.max(columns, 1);
  let room = columns;
  let length = 0;
  for (const character of text) {
    room -= characterWidth(character);
    if (room < 0 && length > 0) break;
    length += character.length;
  }
  return length;
}

/** `2026-11-24T02:00:00Z`, with a fraction only where there is one; empty for no time. */
export function timeText(time: Date | number | undefined): string {
  return time === undefined ? "" : new Date(time).toISOString().replace(".000Z", "Z");
}
