import type { BlockListEntry } from "../model/block-list";
import { formatEntity } from "../model/entity";
import { printable } from "../model/printable";

/** Longest first line that every view of git's and GitHub's shows whole, in characters. */
const SUBJECT = 72;

/**
 * The message of a commit that contains or releases: who, why, by which ticket. What an attacker may have written (a
 * reason that quotes a log) must not act on GitHub, which takes `@name` for a mention and closes what `fixes #1`, or a
 * link to an issue, names: these are written with an escape in them.
 */
export function commitMessage(verb: "Contain" | "Release", entries: readonly BlockListEntry[]): string {
  const names = entries.map(({ entity }) => formatEntity(entity));
  const tickets = [...new Set(entries.map(({ ticket }) => ticket))];
  const subjects = [
    `${verb} ${names.join(", ")} (${tickets.join(", ")})`,
    `${verb} ${names[0]} and ${names.length - 1} more (${tickets.join(", ")})`,
    `${verb} ${names.length === 1 ? names[0] : `${names.length} entities`}`,
  ].map(inert);
  const subject = subjects.find((line) => [...line].length <= SUBJECT) ?? `${verb} ${names.length} entities`;
  const about = entries.map(({ entity, reason, ticket, owner }) =>
    [`${formatEntity(entity)}: ${reason}`, `  ticket ${ticket}, owner ${owner}`].map(inert).join("\n"),
  );
  return `${subject}\n\n${about.join("\n")}\n`;
}

function inert(text: string): string {
  return printable(text).replace(
    /(?<![A-Za-z0-9_])@(?=\w)|#(?=\d)|(?<=\bGH)-(?=\d)|(?<=\/(?:issues|pull|discussions))\/(?=\d)/gi,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
