const CLASSES: Readonly<Record<string, string>> = {
  d: "[0-9]",
  D: "[^0-9]",
  w: "[0-9A-Za-z_]",
  W: "[^0-9A-Za-z_]",
  s: "[\\t\\n\\f\\r ]",
  S: "[^\\t\\n\\f\\r ]",
  t: "\\t",
  n: "\\n",
  r: "\\r",
};

/** A step of a regex that matches one character, or an anchor. */
interface Step {
  /** For the platform's RegExp. */
  source: string;
  /** The character, if it is no other; empty for an anchor. */
  text: string | undefined;
}

/** More alternatives where there are groups, steps in them all, or groups within groups, are left to a real engine. */
const MOST_ALTERNATIVES = 64;
const MOST_STEPS = 10_000;
const MOST_DEPTH = 8;

/**
 * The platform's regex for a pattern that is an alternation of plain sequences, written out or in groups: no
 * quantifiers, no brackets, and with groups only few alternatives. Each step matches one character, so matching cannot backtrack
 * within an alternative and takes time linear in the text. It tells only whether a text matches, since groups are gone.
 * `undefined` for any other pattern.
 */
export function harmlessRegex(pattern: string): RegExp | undefined {
  const ignoreCase = pattern.startsWith(IGNORE_CASE);
  const alternatives = alternativesOf(ignoreCase ? pattern.slice(IGNORE_CASE.length) : pattern);
  if (alternatives === undefined) return undefined;
  const sources = alternatives.map((steps) => steps.map(({ source }) => source).join(""));
  return new RegExp(sources.join("|"), ignoreCase ? "iu" : "u");
}

const IGNORE_CASE = "(?i)";

/** The text that a pattern stands for, if it stands for nothing but that. */
export function literalOf(pattern: string): string | undefined {
  const [steps, ...others] = alternativesOf(pattern) ?? [];
  return others.length > 0 || steps?.some(isAnchor) ? undefined : steps && textOf(steps);
}

/** The texts of which a text that matches holds one, if the pattern is nothing but a choice between them. */
export function literalAlternatives(pattern: string): string[] | undefined {
  const texts = alternativesOf(pattern)?.map(textOf);
  return texts?.includes(undefined) ? undefined : texts?.filter((text) => text !== undefined);
}

function textOf(steps: readonly Step[]): string | undefined {
  return steps.some(({ text }) => text === undefined) ? undefined : steps.map(({ text }) => text).join("");
}

function isAnchor({ text }: Step): boolean {
  return text === "";
}

/** The alternatives of a pattern, with those of its groups multiplied out. */
function alternativesOf(pattern: string): Step[][] | undefined {
  // By code points: halves of two pairs must not become one.
  const rest = Array.from(pattern).reverse();
  const alternatives = readAlternatives(rest, 0);
  const isWhole = rest.length === 0 && alternatives?.every(areAnchorsOutside);
  return isWhole ? alternatives : undefined;
}

function areAnchorsOutside(steps: readonly Step[]): boolean {
  return steps.every(
    ({ source }, index) => (source !== "^" || index === 0) && (source !== "$" || index === steps.length - 1),
  );
}

/** @param rest the characters that follow, the next one last; it ends before a bracket that closes, or at the end */
function readAlternatives(rest: string[], depth: number): Step[][] | undefined {
  const done: Step[][] = [];
  let current: Step[][] = [[]];
  let hasGroups = depth > 0;
  const isTooMany = (alternatives: number): boolean => hasGroups && alternatives > MOST_ALTERNATIVES;
  for (let next = rest.at(-1); next !== undefined && next !== ")"; next = rest.at(-1)) {
    rest.pop();
    if (next === "|") {
      done.push(...current);
      current = [[]];
      continue;
    }
    hasGroups ||= next === "(";
    const choices = next === "(" ? readGroup(rest, depth + 1) : readStep(next, rest);
    if (choices === undefined || isTooMany(done.length + current.length * choices.length)) return undefined;
    const [only = [], ...others] = choices;
    // Most are a single character, and copying all before it for each would take time by the square of their number.
    if (others.length === 0) for (const steps of current) steps.push(...only);
    else current = current.flatMap((steps) => choices.map((choice) => [...steps, ...choice]));
  }
  done.push(...current);
  const length = done.reduce((sum, steps) => sum + steps.length, 0);
  return isTooMany(done.length) || length > MOST_STEPS ? undefined : done;
}

/** @param rest what follows the opening bracket */
function readGroup(rest: string[], depth: number): Step[][] | undefined {
  if (depth > MOST_DEPTH) return undefined;
  if (rest.at(-1) === "?") {
    // Anything but `(?:` has a name, or flags.
    if (rest.at(-2) !== ":") return undefined;
    rest.splice(-2);
  }
  const alternatives = readAlternatives(rest, depth);
  return rest.pop() === ")" ? alternatives : undefined;
}

function readStep(character: string, rest: string[]): [[Step]] | undefined {
  if (character === "^" || character === "$") return [[{ source: character, text: "" }]];
  if (character === ".") return [[{ source: "[^\\n]", text: undefined }]];
  if (character === "\\") {
    const escaped = rest.pop() ?? "";
    const source = CLASSES[escaped];
    if (source !== undefined) return [[{ source, text: undefined }]];
    return isPunctuation(escaped) ? [[{ source: literal(escaped), text: escaped }]] : undefined;
  }
  // Half of a pair is no character.
  if (/^[()[\]{}?*+\ud800-\udfff]$/.test(character)) return undefined;
  return [[{ source: literal(character), text: character }]];
}

function isPunctuation(character: string): boolean {
  return /^[!-/:-@[-`{-~]$/.test(character);
}

function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
