/**
 * An object without a prototype, so that `__proto__` is a key like any other. V8 keeps it as it keeps other objects,
 * where of one that `Object.create(null)` makes it would keep a hash table, which is slower to read and to fill.
 */
export function bareObject<T>(): Record<string, T> {
  return Object.setPrototypeOf({}, null);
}
