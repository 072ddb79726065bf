import type { Need } from "../../../insights";

/** A text of ASCII, and where in it two pairs of bytes begin by which it is found: at an even place and an odd one. */
export interface Literal {
  text: string;
  even: number;
  odd: number;
}

/** More are not worth looking for. */
const MOST = 2;
/** A shorter text is found everywhere; a longer one there is no room for. */
const LENGTH = { least: 4, most: 64 };

/** What JSON writes in one way only, but for `\\u`: no quotes, backslashes and slashes, and nothing beyond ASCII. */
const PLAIN = /^[ !#-.0-[\]-~]+$/;

/** How rare bytes are in CloudTrail's records, roughly: the later, the rarer. What is not named here is rarer still. */
const COMMON = "eatinrosc,d:lu0m1p-2AEISN3vygwR4CTbDk.5h8PU697LfVFBHGMWOxjqKYQzXJZ";

/**
 * Texts of which a record must hold one to be wanted for any of the needs.
 *
 * @returns none when there is no saying, or when it would not pay
 */
export function literalsOf(needs: readonly Need[]): Literal[] {
  const texts = new Set(needs.flatMap(textsOf));
  const isUsable = [...texts].every(
    (text) => text.length >= LENGTH.least && text.length <= LENGTH.most && PLAIN.test(text),
  );
  return isUsable && texts.size <= MOST ? [...texts].map(withPlaces) : [];
}

/** The values, or parts of them, or else the field's own name: joined with those around it, it still ends like this. */
function textsOf({ keys, values, parts }: Need): string[] {
  const texts = [...(values ?? parts ?? [])];
  return texts.length > 0 && texts.length <= MOST ? texts : [keys.at(-1) ?? ""];
}

function withPlaces(text: string): Literal {
  const pairs = Array.from({ length: text.length - 1 }, (_, place) => place);
  const [even = 0, odd = 0] = [0, 1].map((parity) =>
    pairs
      .filter((place) => place % 2 === parity)
      .reduce((best, place) => (rarity(text, place) > rarity(text, best) ? place : best)),
  );
  return { text, even, odd };
}

/** Of the pair of bytes at a place. */
function rarity(text: string, place: number): number {
  return rank(text.charAt(place)) + rank(text.charAt(place + 1));
}

function rank(byte: string): number {
  const place = COMMON.indexOf(byte);
  return place === -1 ? COMMON.length : place;
}
