/** A log event's JSON object. */
export type JsonObject = { readonly [key: string]: unknown };

/** Logs Insights extracts this many fields of a JSON event (CWL_AnalyzeLogData-discoverable-fields). */
export const MAX_FIELDS = 200;

/** Deeper nesting than this is no field: no query can name it, and following it could exhaust the stack. */
const MAX_DEPTH = 200;

/** The shortest JSON object with more than `MAX_FIELDS` fields: `"":1,` for each. */
const SHORTEST_WITH_MORE = 5 * MAX_FIELDS;

/**
 * The fields that are discovered in a message: those of a message that is one JSON object, at most the first 200 of
 * its leaves in their order. `null` for any other message.
 */
export function parseRecord(message: string): JsonObject | null {
  if (!startsWithBrace(message)) return null;
  let record: unknown;
  try {
    record = JSON.parse(message);
  } catch {
    return null;
  }
  if (typeof record !== "object" || record === null) return null;
  if (message.length < SHORTEST_WITH_MORE || !hasManyCommas(message)) return record as JsonObject;
  return firstLeaves(record, { left: MAX_FIELDS }, 0) as JsonObject;
}

function startsWithBrace(message: string): boolean {
  let index = 0;
  while (message.charCodeAt(index) <= 32) index++;
  return message.charCodeAt(index) === 123;
}

/** More fields than allowed need at least that many commas: a cheap proof that most records stay below. */
function hasManyCommas(message: string): boolean {
  let index = -1;
  for (let count = 0; count < MAX_FIELDS; count++) {
    index = message.indexOf(",", index + 1);
    if (index === -1) return false;
  }
  return true;
}

/** A copy with as many leaves as the budget has left. Nulls and what is empty are no fields and cost nothing. */
function firstLeaves(node: unknown, budget: { left: number }, depth: number): unknown {
  if (typeof node !== "object" || node === null) {
    if (node !== null) budget.left--;
    return node;
  }
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(node)) {
    const copy: unknown[] = [];
    for (const item of node) {
      if (budget.left === 0) break;
      copy.push(firstLeaves(item, budget, depth + 1));
    }
    return copy;
  }
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(node)) {
    if (budget.left === 0) break;
    copy[key] = firstLeaves((node as JsonObject)[key], budget, depth + 1);
  }
  return copy;
}
