import { ACTED_ON } from "../../model/printable";

/**
 * `value` as JSON that is safe to look at: what a terminal would act on, or would not show, is written as `\u202e`.
 * It parses to the same value.
 */
export function safeJson(value: unknown, indent = 2): string {
  return escapeJson(JSON.stringify(value, null, indent));
}

/**
 * JSON text made safe to look at. Its value stays the same: inside of strings such a character is escaped, and between
 * the tokens it can only be white space, of which line feeds are kept.
 */
export function escapeJson(text: string): string {
  return text.replace(ACTED_ON, (character) => {
    if (character === "\n") return character;
    if (character === "\r" || character === "\t") return " ";
    return Array.from({ length: character.length }, (_, unit) => escaped(character.charCodeAt(unit))).join(
      "",
    );
  });
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
