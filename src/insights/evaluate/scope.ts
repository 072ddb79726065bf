import { columnKey } from "../checks/names";
import type { Compiled, Environment, Evaluate } from "../functions/definition";
import type { Expression, Item } from "../tree/ast";
import { columnName } from "../tree/print";
import { compilePath, type Find } from "../values/path";
import type { Row } from "../values/row";
import { isTrue, type Value } from "../values/value";

/** A field of an event's JSON that a query reads. */
export interface FieldPath {
  /** The keys that lead to it from the record; where a key is a number, the position in a list as well. */
  keys: readonly string[];
  /** Whether maps and lists at this place are values, so that all that is in them is read. */
  isWhole: boolean;
}

/** A name and where its value is in a row. */
export interface Binding {
  slot: number;
  isTime: boolean;
  value: Evaluate;
}

type Source = Pick<Compiled, "value" | "isTime" | "isOwn">;

const SYSTEM: Readonly<Record<string, Source>> = {
  "@message": { value: ({ event }) => event?.message ?? null, isTime: false },
  "@timestamp": { value: ({ timestamp }) => timestamp ?? null, isTime: true },
  "@ingestionTime": { value: ({ event }) => event?.ingestionTime ?? null, isTime: true },
  "@logStream": { value: ({ event }) => event?.logStream ?? null, isTime: false },
  "@log": { value: ({ event }) => event?.log ?? null, isTime: false },
  "@aws.account": { value: ({ event }) => accountOf(event?.log), isTime: false },
  "@ptr": { value: ({ pointer }) => pointer ?? null, isTime: false },
};

/** `@log` is `account-id:log-group-name`. */
function accountOf(log: string | undefined): string | null {
  return /^\d{12}(?=:)/.exec(log ?? "")?.[0] ?? null;
}

/** What the names in a query mean at one point of it, and where in a row the values are kept. */
export class Scope {
  readonly #names = new Map<string, Binding>();
  readonly #columns = new Map<string, Binding>();
  readonly #replaced = new Map<Expression, Binding>();
  #slots = 0;
  /** The fields of the events' JSON that names were found to mean. */
  readonly fields: FieldPath[] = [];

  constructor(
    /** Whether rows come from events. The rows of `stats` have nothing but their columns. */
    readonly hasEvents: boolean,
    readonly environment: Environment,
  ) {}

  /** A place in the row for a value that somebody else puts there. */
  reserve(isTime = false): Binding {
    const slot = this.#slots++;
    return { slot, isTime, value: (row) => row.slots[slot] ?? null };
  }

  /** A place in the row for a value that is computed when it is first asked for. */
  lazy({ value, isTime }: Source): Binding {
    const slot = this.#slots++;
    return {
      slot,
      isTime,
      value: (row) => {
        const known = row.slots[slot];
        if (known !== undefined) return known;
        const computed = value(row);
        row.slots[slot] = computed;
        return computed;
      },
    };
  }

  /** Gives a name to a value; it hides what the name meant before. */
  define(name: string, binding: Binding): void {
    this.#names.set(name, binding);
  }

  /** Makes a column of `stats`, which may be called by its text as well, unless another is named so. */
  defineColumn(item: Item, binding: Binding): void {
    const name = columnName(item);
    const text = columnKey(item.expression);
    this.define(name, binding);
    if (!this.#columns.has(text)) this.#columns.set(text, binding);
    this.#columns.set(name.toLowerCase(), binding);
  }

  /** Makes an expression mean what is at a place in the row: an aggregate's result. */
  replace(expression: Expression, binding: Binding): void {
    this.#replaced.set(expression, binding);
  }

  /** What stands for the whole expression, if something does. */
  substitute(expression: Expression): Binding | undefined {
    const replaced = this.#replaced.get(expression);
    if (replaced !== undefined || this.hasEvents || this.#columns.size === 0) return replaced;
    return expression.kind === "field" ? undefined : this.#columns.get(columnKey(expression));
  }

  /**
   * What a name means: something that was named, a part of it, a system field, or a field of the event's JSON.
   *
   * @param keys the path that follows the name, as in `list[0].key`
   * @param structures whether maps and lists of the event's JSON are values
   */
  resolve(path: readonly string[], keys: readonly string[] = [], structures = false): Source {
    const name = path.join(".");
    const segments = [...name.split("."), ...keys];
    const event = this.#fromEvent(name, segments, structures);
    for (let length = segments.length; length > 0; length--) {
      const binding = this.#names.get(segments.slice(0, length).join("."));
      if (binding === undefined) continue;
      if (length === segments.length) return binding;
      const find = compilePath(segments.slice(length), true);
      return { value: inside(binding.value, find, event.value), isTime: false };
    }
    return event;
  }

  /** The keys of the events' field that a name means; `undefined` when it means anything else. */
  eventField(path: readonly string[]): readonly string[] | undefined {
    const name = path.join(".");
    const segments = name.split(".");
    const isNamed = segments.some((_, index) => this.#names.has(segments.slice(0, index + 1).join(".")));
    return !this.hasEvents || isNamed || name.startsWith("@") ? undefined : segments;
  }

  #fromEvent(name: string, segments: readonly string[], structures: boolean): Source {
    if (!this.hasEvents) return { value: () => null, isTime: false };
    const system = Object.hasOwn(SYSTEM, name) ? SYSTEM[name] : undefined;
    if (system !== undefined) return system;
    if (name.startsWith("@") && !name.startsWith("@@")) return { value: () => null, isTime: false };
    const [first = "", ...rest] = segments;
    const keys = [first.startsWith("@@") ? first.slice(1) : first, ...rest];
    this.fields.push({ keys, isWhole: structures });
    const find = compilePath(keys, structures);
    return { value: (row) => (row.record === null ? null : find(row.record)), isTime: false, isOwn: true };
  }
}

/** A part of a named map or list; of what is no structure, the event's own field of that name. */
function inside(value: Evaluate, find: Find, otherwise: Evaluate): Evaluate {
  return (row: Row): Value => {
    const whole = value(row);
    return typeof whole === "object" && whole !== null ? find(whole) : otherwise(row);
  };
}

/** A value as an expression. */
export function compiledValue(expression: Expression, { value, isTime, isOwn = false }: Source): Compiled {
  return { value, test: (row) => isTrue(value(row)), isTime, isOwn, expression };
}
