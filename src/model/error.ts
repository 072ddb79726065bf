import { printable } from "./printable";

/** Where something is wrong. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Place {
  /** Path as the user gave it, or relative to the project. */
  file?: string;
  line?: number;
  column?: number;
  /** Where in a YAML document: `cordon:blockList[2].user`. */
  path?: string;
}

/** One thing that is wrong, written for the person who has to mend it. */
export interface Problem {
  /** Stable, kebab-case, documented: scripts may rely on it. */
  code: string;
  /** What is wrong, with the wrong value in it. */
  message: string;
  /** What to do about it. */
  hint?: string;
  place?: Place;
}

/**
 * An error meant for a person: it is printed without a stack. Whatever else is thrown is a bug of Cordon's and is
 * printed with one.
 */
export class CordonError extends Error {
  override readonly name = "CordonError";
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[]) {
    const all = "code" in problems ? [problems] : problems;
    super(all.map(formatProblem).join("\n"));
    this.problems = all;
  }

  /** The code of the first problem. */
  get code(): string {
    return this.problems[0]?.code ?? "unknown";
  }

  get place(): Place | undefined {
    return this.problems[0]?.place;
  }
}

/** `file:line:column`, followed by the YAML path where there is one. Empty for a place that says nothing. */
export function formatPlace({ file, line, column, path }: Place): string {
  const at = [file, line, column].filter((part) => part !== undefined).join(":");
  return [at, path].filter(Boolean).join(" ");
}

/** Rules that a person looks up, or overrides, by their code (`docs/guardrails.md`). */
const RULE = /^(guardrail|check)-/;

/** `file:line:column: message (hint)`, and of a rule its code in brackets: on one line and safe to print. */
export function formatProblem({ code, place, message, hint }: Problem): string {
  const where = place === undefined ? "" : formatPlace(place);
  const rule = RULE.test(code) ? ` [${code}]` : "";
  return printable(`${where}${where && ": "}${message}${hint === undefined ? "" : ` (${hint})`}${rule}`);
}
