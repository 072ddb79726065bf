/**
 * Numbers as they were written: `12.0` and `12345678901234567890` are not what JSON.parse makes of them. Each object
 * and array is read once, so many numbers of one message still take time linear in it.
 */
export class NumberTexts {
  /** Where the values of an object or array begin, by key or index; the object or array by where it begins. */
  private readonly read = new Map<number, Map<string | number, number>>();

  /** @param json text that JSON.parse accepts. */
  constructor(private readonly json: string) {}

  /** The number at `path`, which must be one. Of two equal keys the later counts, as in JSON.parse. */
  at(path: readonly (string | number)[]): string {
    let offset = this.space(0);
    for (const step of path) offset = this.children(offset).get(step) ?? offset;
    return this.match(/[-+.0-9eE]+/y, offset);
  }

  private children(start: number): Map<string | number, number> {
    const known = this.read.get(start);
    if (known !== undefined) return known;
    const { json } = this;
    const found = new Map<string | number, number>();
    const isObject = json[start] === "{";
    let offset = this.space(start + 1);
    for (let index = 0; json[offset] !== "}" && json[offset] !== "]"; index++) {
      let key: string | number = index;
      if (isObject) {
        const end = this.endOfString(offset);
        key = String(JSON.parse(json.slice(offset, end)));
        offset = this.space(this.space(end) + 1);
      }
      found.set(key, offset);
      offset = this.space(this.endOfValue(offset));
      if (json[offset] === ",") offset = this.space(offset + 1);
    }
    this.read.set(start, found);
    return found;
  }

  private endOfValue(start: number): number {
    const { json } = this;
    let offset = start;
    let depth = 0;
    do {
      const character = json[offset];
      if (character === '"') offset = this.endOfString(offset);
      else if (character === "{" || character === "[") {
        depth++;
        offset++;
      } else if (character === "}" || character === "]") {
        depth--;
        offset++;
      } else offset += this.match(depth > 0 ? /[^"{}[\]]+/y : /[^,\]}\s]+/y, offset).length;
    } while (depth > 0);
    return offset;
  }

  private endOfString(start: number): number {
    const { json } = this;
    for (let quote = json.indexOf('"', start + 1); ; quote = json.indexOf('"', quote + 1)) {
      let backslashes = 0;
      while (json[quote - 1 - backslashes] === "\\") backslashes++;
      if (backslashes % 2 === 0) return quote + 1;
    }
  }

  private space(offset: number): number {
    return offset + this.match(/[ \t\n\r]*/y, offset).length;
  }

  private match(expression: RegExp, offset: number): string {
    expression.lastIndex = offset;
    return expression.exec(this.json)?.[0] ?? "";
  }
}
