import { statsColumns, topkValue } from "../checks/names";
import type { Compiled, Environment, Evaluate } from "../functions/definition";
import {
  type Command,
  type Expression,
  fieldName,
  type Item,
  type ParseCommand,
  type Query,
  type SortCommand,
  type StatsCommand,
} from "../tree/ast";
import { columnName } from "../tree/print";
import type { Cells, Row } from "../values/row";
import { printValue, textOf } from "../values/value";
import { compileStats } from "./aggregate";
import type { Collector } from "./collector";
import { DedupCollector } from "./dedup";
import { compileExpression } from "./expression";
import { compileExtract } from "./extract";
import { expand, type Multiply, spread, unnest } from "./multiply";
import { both, type Need, needOf } from "./need";
import { Order, type OrderKey } from "./order";
import { type Binding, type FieldPath, Scope } from "./scope";
import { TopCollector } from "./top";

/** Rows of a result when the query has no `limit` (API_StartQuery). */
export const DEFAULT_LIMIT = 10_000;

/** A step that looks at one row alone: lets it pass, or puts others in its place. */
export type Step = { kind: "filter"; test: (row: Row) => boolean } | { kind: "multiply"; rows: Multiply };

/** Steps for single rows, and then a collector that sees them all. */
export interface Segment {
  steps: readonly Step[];
  createCollector(): Collector;
}

/** A column of the result. */
export interface Column {
  name: string;
  value: Evaluate;
  isTime: boolean;
}

/** A query, compiled: the segments one after the other, and what is shown of the last one's rows. */
export interface Plan {
  segments: readonly Segment[];
  columns: readonly Column[];
  /** The fields of the events' JSON that are read. */
  fields: readonly FieldPath[];
  /** What an event must have to matter. */
  need: Need | undefined;
}

/** What the caller wants of the rows. */
export interface Wanted {
  /** How many at most; the query's own limit stays. */
  limit: number | undefined;
  /** Whether those that come from events have a `@ptr`. */
  pointers: boolean;
}

/** Compiles a query that `unsupported` has nothing against. */
export function compileQuery(query: Pick<Query, "commands">, environment: Environment, wanted: Wanted): Plan {
  const planner = new Planner(environment);
  for (const command of query.commands) planner.add(command);
  return planner.finish(wanted);
}

class Planner {
  readonly #segments: Segment[] = [];
  #steps: Step[] = [];
  #scope: Scope;
  readonly #fields: readonly FieldPath[];
  #need: Need | undefined;
  #order: OrderKey[] = [];
  /** Whether rows have no order yet, so that events go by their time. */
  #isUnordered = true;
  #hasLimit = false;
  /** The `limit` that nothing but columns has followed so far. */
  #lastLimit: { steps: readonly Step[]; order: Order; count: number; any: boolean } | undefined;
  /** The columns to show, by name. */
  #shown = new Map<string, Column>();
  /** Whether commands have named columns, so that the usual ones are not shown. */
  #isListed = false;
  /** Whether `display` has chosen: nothing but another `display` changes that. */
  #isChosen = false;

  constructor(environment: Environment) {
    this.#scope = new Scope(true, environment);
    this.#fields = this.#scope.fields;
  }

  add(command: Command): void {
    switch (command.kind) {
      case "fields":
      case "display":
        this.#addFields(command.items, command.kind === "display");
        return;
      case "filter":
      case "filterIndex":
        if (this.#segments.length === 0)
          this.#need = both(this.#need, needOf(command.condition, this.#scope));
        this.#steps.push({ kind: "filter", test: this.#compile(command.condition).test });
        return;
      case "parse":
        this.#addParse(command);
        return;
      case "stats":
        this.#addStats(command);
        return;
      case "sort":
        this.#addSort(command);
        return;
      case "limit":
        this.#hasLimit = true;
        this.#addTop(command.count, command.any);
        return;
      case "dedup": {
        const keys = command.fields.map((field) => this.#compile(field).value);
        const order = new Order(this.#order, this.#isUnordered);
        this.#close(() => new DedupCollector(keys, order));
        return;
      }
      case "unnest": {
        const { value } = this.#compile(command.expression);
        const { slot } = this.#name(command.alias, this.#scope.reserve());
        this.#steps.push({ kind: "multiply", rows: unnest(slot, value) });
        return;
      }
      case "expand": {
        const { value } = this.#scope.resolve(command.field.path, [], true);
        const { slot } = this.#name(fieldName(command.field), this.#scope.reserve());
        this.#steps.push({ kind: "multiply", rows: expand(slot, value) });
        return;
      }
      case "opaque":
        throw new Error(`${command.name} cannot be compiled`);
    }
  }

  finish({ limit, pointers }: Wanted): Plan {
    const { hasEvents } = this.#scope;
    const named = this.#shown;
    if (hasEvents && !this.#isListed) {
      this.#shown = new Map();
      for (const name of ["@timestamp", "@message"]) this.#show(name, this.#scope.resolve([name]));
      for (const column of named.values()) this.#shown.set(column.name, column);
    }
    const columns = [...this.#shown.values()];
    const most = limit ?? (this.#hasLimit ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT);
    this.#addLastTop(most, (row) => {
      const cells = columns.map(({ value, isTime }) => printValue(value(row), isTime));
      if (hasEvents && pointers) cells.push(row.pointer);
      return cells;
    });
    return { segments: this.#segments, columns, fields: this.#fields, need: this.#need };
  }

  #compile(expression: Expression): Compiled {
    return compileExpression(expression, this.#scope);
  }

  #show(name: string, { value, isTime }: Pick<Column, "value" | "isTime">): void {
    this.#shown.set(name, { name, value, isTime });
  }

  /** Gives a name to a value and shows it, unless `display` has chosen without it. */
  #name(name: string, binding: Binding): Binding {
    this.#scope.define(name, binding);
    if (!this.#isChosen || this.#shown.has(name)) this.#show(name, binding);
    return binding;
  }

  #addFields(items: readonly Item[], isDisplay: boolean): void {
    // Names that are given in a list are not known within it, so all of it is compiled first.
    const compiled = items.map((item) => ({ item, source: this.#compile(item.expression) }));
    if (isDisplay) this.#shown.clear();
    this.#isListed = true;
    const isShown = isDisplay || !this.#isChosen;
    for (const { item, source } of compiled) {
      const binding = item.alias === undefined ? undefined : this.#scope.lazy(source);
      if (binding !== undefined && item.alias !== undefined) this.#scope.define(item.alias, binding);
      if (isShown) this.#show(columnName(item), binding ?? source);
    }
    this.#isChosen ||= isDisplay;
  }

  #addParse({ source, pattern }: ParseCommand): void {
    const { value } = source === undefined ? this.#scope.resolve(["@message"]) : this.#compile(source);
    const { names, first, all } = compileExtract(pattern);
    this.#isListed = true;
    const bindings = names.map(() => this.#scope.reserve());
    const slots = bindings.map(({ slot }) => slot);
    const isMulti = pattern.kind === "regex" && pattern.multi;
    // Events that are filtered out by something else are not even looked at.
    const fill = (row: Row): void => {
      const text = textOf(value(row));
      const values = text === null ? undefined : first(text);
      for (const [index, slot] of slots.entries()) row.slots[slot] = values?.[index] ?? null;
    };
    for (const [index, { slot, isTime, value: read }] of bindings.entries()) {
      const lazily = (row: Row) => {
        if (row.slots[slot] === undefined) fill(row);
        return read(row);
      };
      this.#name(names[index] ?? "", { slot, isTime, value: isMulti ? read : lazily });
    }
    if (!isMulti) return;
    const rows = spread(slots, (row) => {
      const text = textOf(value(row));
      return text === null ? [] : all(text);
    });
    this.#steps.push({ kind: "multiply", rows });
  }

  #addStats(command: StatsCommand): void {
    const [first] = command.aggregates;
    const topValue = first && topkValue(first);
    const by = topValue === undefined ? command.by : [topValue];
    const { createCollector, after } = compileStats({ ...command, by }, this.#scope);
    this.#close(createCollector);
    this.#scope = after;
    this.#hasLimit = false;
    this.#shown = new Map();
    this.#isChosen = false;
    for (const name of statsColumns(command)) this.#show(name, after.resolve([name]));
    if (first !== undefined && topValue !== undefined) this.#addTopk(first, topValue);
  }

  /** What `topk` means: the values that are there, the most frequent first, and so many of them. */
  #addTopk(item: Item, value: Item): void {
    const count = this.#scope.resolve([columnName(item)]);
    const isPresent = this.#scope.resolve([columnName(value)]);
    const limit = item.expression.kind === "call" ? item.expression.arguments[0] : undefined;
    this.#steps.push({ kind: "filter", test: (row) => isPresent.value(row) !== null });
    this.#order = [{ binding: this.#scope.lazy(count), descending: true }];
    this.#addTop(limit?.kind === "number" ? Number(limit.text) : 0, false);
  }

  #addSort({ keys }: SortCommand): void {
    const added = keys.map(({ expression, direction }) => ({
      binding: this.#scope.lazy(this.#compile(expression)),
      descending: direction === "desc",
    }));
    this.#order = [...added, ...this.#order];
  }

  #addTop(count: number, any: boolean): void {
    const order = any ? new Order([], false) : new Order(this.#order, this.#isUnordered);
    const steps = this.#steps;
    this.#close(() => new TopCollector(order, count, any));
    this.#lastLimit = { steps, order, count, any };
  }

  /** Takes the place of a `limit` before it, so that no event is kept that is only shown. */
  #addLastTop(most: number, cells: (row: Row) => Cells): void {
    const last = this.#steps.length + this.#order.length === 0 ? this.#lastLimit : undefined;
    if (last === undefined) {
      const order = new Order(this.#order, this.#isUnordered);
      this.#close(() => new TopCollector(order, most, false, cells));
      return;
    }
    const { steps, order, any } = last;
    const count = Math.min(last.count, most);
    this.#segments.pop();
    this.#segments.push({ steps, createCollector: () => new TopCollector(order, count, any, cells) });
  }

  #close(createCollector: Segment["createCollector"]): void {
    this.#lastLimit = undefined;
    this.#segments.push({ steps: this.#steps, createCollector });
    this.#steps = [];
    this.#order = [];
    this.#isUnordered = false;
  }
}
