/**
 * The fields of a line: apart by blanks; what stands in brackets or double quotes is one field, without them.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function splitFields(message: string): string[] {
  const fields: string[] = [];
  /** The next closing bracket, for as long as it is ahead: each is looked for once. */
  let bracket = 0;
  const closing = (offset: number): number => {
    if (message[offset] === '"') return closingQuote(message, offset);
    if (bracket >= 0 && bracket <= offset) bracket = message.indexOf("]", offset);
    return bracket;
  };
  let offset = 0;
  for (;;) {
    while (message[offset] === " ") offset++;
    if (offset >= message.length) return fields;
    const opens = message[offset] === "[" || message[offset] === '"';
    const end = opens ? closing(offset) : -1;
    const next = message[end + 1];
    if (end > 0 && (next === undefined || next === " ")) {
      fields.push(message.slice(offset + 1, end));
      offset = end + 1;
    } else {
      const blank = message.indexOf(" ", offset);
      const stop = blank < 0 ? message.length : blank;
      fields.push(message.slice(offset, stop));
      offset = stop;
    }
  }
}

/** The next quote that has no backslash before it; -1 when there is none. */
function closingQuote(message: string, offset: number): number {
  let end = message.indexOf('"', offset + 1);
  while (end > 0 && message[end - 1] === "\\") end = message.indexOf('"', end + 1);
  return end;
}
