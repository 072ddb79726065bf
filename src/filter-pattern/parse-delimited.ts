import type { Cursor } from "./cursor";
import { parseComparison, parseLogic, type RegexCount } from "./parse-comparison";
import type { DelimitedPattern, Slot } from "./tree";

/** Parses `[slot, slot, ...]`. */
export function parseDelimited(cursor: Cursor): DelimitedPattern {
  const parser = new DelimitedParser(cursor);
  if (!cursor.text.trimEnd().endsWith("]")) {
    cursor.fail("If a filter pattern starts with '[' it must end with ']'", undefined, cursor.text.length);
  }
  cursor.offset++;
  const slots = parser.slots();
  if (!cursor.skip("]")) cursor.failTerm(cursor.here, "expected , && || or the closing ]");
  cursor.space();
  if (!cursor.done) cursor.failTerm(cursor.here, "nothing may follow the closing ]");
  return { kind: "delimited", slots };
}

class DelimitedParser {
  private readonly regexes: RegexCount = { count: 0 };
  private readonly names = new Set<string>();
  private ellipses = 0;

  constructor(private readonly cursor: Cursor) {}

  slots(): Slot[] {
    const { cursor } = this;
    cursor.space();
    if (cursor.here === "]") return [];
    const slots: Slot[] = [];
    do {
      cursor.space();
      slots.push(this.slot());
      cursor.space();
    } while (cursor.skip(","));
    return slots;
  }

  private slot(): Slot {
    const { cursor } = this;
    const at = cursor.offset;
    if (cursor.here === "," || cursor.here === "]") return { kind: "field" };
    if (cursor.skip("...")) {
      if (++this.ellipses > 1)
        cursor.fail("a pattern may hold one ... only", "name the fields in between", at);
      return { kind: "ellipsis" };
    }
    const name = this.name();
    if (this.names.has(name))
      cursor.fail(`two fields have the name ${name}`, "each field needs a name of its own", at);
    this.names.add(name);
    const space = cursor.space();
    if (cursor.here === "," || cursor.here === "]") return { kind: "field", name };
    if (space !== "" && /[A-Za-z0-9_.]/.test(cursor.here)) {
      cursor.failTerm(cursor.here, "fields are separated by commas");
    }
    cursor.offset = at;
    return { kind: "field", name, condition: parseLogic(cursor, () => this.comparison(name)) };
  }

  private comparison(name: string) {
    const { cursor } = this;
    const at = cursor.offset;
    const again = this.name();
    if (again !== name)
      cursor.failTerm(again, `the condition of the field ${name} can only speak of ${name}`, at);
    cursor.space();
    return parseComparison(cursor, this.regexes);
  }

  private name(): string {
    const { cursor } = this;
    const at = cursor.offset;
    const name = cursor.take(/[A-Za-z0-9_-]+/y);
    if (name === "") cursor.failTerm(cursor.here, "expected the name of a field, ... or nothing");
    if (/^\d+$/.test(name)) cursor.failTerm(name, "a name needs a letter: numbers stand for positions", at);
    return name;
  }
}
