/** What is wrong with a regex, and where in its source. */
export interface RegexProblem {
  offset: number;
  message: string;
  hint?: string;
}

/** A regex in RE2's own spelling. */
export interface Translation {
  source: string;
  /** The names of the groups, in order; `undefined` for one that has none. */
  names: (string | undefined)[];
}

const GROUP_NAME = /^[A-Za-z_@][\w@.]*$/;
const LOOK_AROUND = /^\(\?(?:<?[=!])/;
const NAMED = /^\(\?P?<([^>]*)>/;

/**
 * Rewrites a regex as Logs Insights takes it for RE2: names of groups may hold `@` and dots there
 * (CWL_QuerySyntax-Parse), so all names become plain ones. Look-around and back-references have no linear-time
 * meaning and are refused, as RE2 does.
 */
export function translate(regex: string): Translation | RegexProblem {
  const names: (string | undefined)[] = [];
  let source = "";
  for (let index = 0; index < regex.length; ) {
    const character = regex[index] ?? "";
    let length = 1;
    let replacement: string | undefined;
    if (character === "\\") {
      const next = regex[index + 1] ?? "";
      if (/[1-9]/.test(next) || /^\\k[<{']/.test(regex.slice(index, index + 3))) {
        return { offset: index, message: "back-references are not supported" };
      }
      length = next === "Q" ? literalLength(regex, index) : 2;
    } else if (character === "[") length = classLength(regex, index);
    else if (character === "(") {
      const rest = regex.slice(index, index + 200);
      if (LOOK_AROUND.test(rest)) {
        return { offset: index, message: "look-ahead and look-behind are not supported" };
      }
      const name = NAMED.exec(rest);
      if (name !== null) {
        if (!GROUP_NAME.test(name[1] ?? "")) {
          return { offset: index, message: `${JSON.stringify(name[1])} is no name for a group` };
        }
        if (names.includes(name[1])) return { offset: index, message: `two groups are named ${name[1]}` };
        names.push(name[1]);
        length = name[0].length;
        replacement = "(";
      } else if (regex[index + 1] !== "?") names.push(undefined);
    }
    source += replacement ?? regex.slice(index, index + length);
    index += length;
  }
  return { source, names };
}

/** `\Q...\E`, or to the end. */
function literalLength(regex: string, start: number): number {
  const end = regex.indexOf("\\E", start + 2);
  return (end === -1 ? regex.length : end + 2) - start;
}

/** `[...]`; a bracket that comes first, or stands in `[:alpha:]`, does not close it. */
function classLength(regex: string, start: number): number {
  let index = start + 1;
  if (regex[index] === "^") index++;
  if (regex[index] === "]") index++;
  while (index < regex.length && regex[index] !== "]") {
    const posix = /^\[:\^?\w+:\]/.exec(regex.slice(index, index + 20));
    if (posix !== null) index += posix[0].length;
    else index += regex[index] === "\\" ? 2 : 1;
  }
  return index + 1 - start;
}
