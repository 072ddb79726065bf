/** V8 makes a slice of a longer text share its memory from this length on. */
const SHORTEST_SLICE = 13;

/**
 * The same text in memory of its own. A slice keeps the text that it was cut from alive: one that is kept for long,
 * as the name of a group is, would keep a whole message, or the file that the message was cut from.
 */
export function ownText(text: string): string {
  return text.length < SHORTEST_SLICE ? text : (JSON.parse(JSON.stringify(text)) as string);
}

/**
 * What makes texts of some origin ones to keep. Those that are their own anyway are kept as they are: the very same text
 * is found again faster than its copy.
 */
export function ownerOf(origin: { isOwn?: boolean } | undefined): (text: string) => string {
  return origin?.isOwn ? (text) => text : ownText;
}
