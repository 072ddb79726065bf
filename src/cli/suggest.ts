import { closest } from "../model/closest";

/** Most candidates that a hint names. */
const MOST = 5;

/** What to do about an id that nothing has: the one that was likely meant, else those that share a word with it. */
export function didYouMean(text: string, candidates: Iterable<string>, listing: string): string {
  const all = [...candidates];
  const near = closest(text, all);
  const found = near === undefined ? sharingWords(text, all) : [near];
  return found.length > 0 ? `did you mean ${found.join(" or ")}?` : `${listing} names them all`;
}

function sharingWords(text: string, candidates: readonly string[]): string[] {
  const words = text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2);
  const shared = (candidate: string) => words.filter((word) => candidate.toLowerCase().includes(word)).length;
  return candidates
    .filter((candidate) => shared(candidate) > 0)
    .sort((a, b) => shared(b) - shared(a))
    .slice(0, MOST);
}
