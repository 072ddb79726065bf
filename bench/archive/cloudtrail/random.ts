const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX = "0123456789abcdef";

/** Numbers that look random and are the same wherever and whenever a seed is used: mulberry32 over a hash of it. */
export class Random {
  #state: number;

  constructor(seed: string) {
    // FNV-1a
    let hash = 0x811c9dc5;
    for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
    this.#state = hash;
  }

  #bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return (bits ^ (bits >>> 14)) >>> 0;
  }

  /** From 0 up to, not including, 1. */
  fraction(): number {
    return this.#bits() / 2 ** 32;
  }

  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number {
    return Math.floor(this.fraction() * end);
  }

  /** A whole number; both ends are possible. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return at(list, this.below(list.length));
  }

  /** `count` of what `make` gives. */
  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  hex(length: number): string {
    return this.#text(HEX, length);
  }

  base64(length: number): string {
    return this.#text(BASE64, length);
  }

  /** Letters and digits as AWS's own ids have them. */
  base32(length: number): string {
    return this.#text(BASE32, length);
  }

  uuid(): string {
    const hex = this.hex(30);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18)}`;
  }

  address(): string {
    return `${this.between(3, 210)}.${this.below(256)}.${this.below(256)}.${this.between(1, 254)}`;
  }

  #text(alphabet: string, length: number): string {
    let text = "";
    for (let at = 0; at < length; at++) text += alphabet.charAt(this.below(alphabet.length));
    return text;
  }
}

/** A list from which items are drawn by weight. */
export class Weighted<T> {
  readonly #ends: number[] = [];
  readonly #items: T[] = [];
  #total = 0;

  constructor(items: Iterable<readonly [T, number]>) {
    for (const [item, weight] of items) {
      this.#total += weight;
      this.#items.push(item);
      this.#ends.push(this.#total);
    }
  }

  draw(random: Random): T {
    const drawn = random.fraction() * this.#total;
    let low = 0;
    let high = this.#ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(this.#ends, middle) > drawn) high = middle;
      else low = middle + 1;
    }
    return at(this.#items, low);
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`there is no item ${index} of ${list.length}`);
  return item;
}
