/*
 * Reads what was thrown by its properties: errors of Node's own come from another realm where the code runs in a
 * sandbox, as under jest, and are no `instanceof Error` there.
 */

export function hasCode(error: unknown, code: string): boolean {
  return property(error, "code") === code;
}

export function messageOf(error: unknown): string {
  return String(property(error, "message") ?? error);
}

/** A property of what was thrown, whatever that is. */
export function property(error: unknown, name: string): unknown {
  return typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
}
