import { CordonError, type Problem } from "../model/error";
import { type Hunt, queryDefinitionName } from "../model/hunt";
import type { Incident } from "../model/incident";
import { parseYaml, type YamlSource } from "../model/yaml-source";
import { type CheckedHunt, checkHunt } from "./check-hunt";
import { checkIncident, unknownHunt } from "./check-incident";
import { findFiles, readText } from "./files";

/** All runbooks, checked. Both maps go by id and are sorted by it. */
export interface Library {
  hunts: ReadonlyMap<string, Hunt>;
  incidents: ReadonlyMap<string, Incident>;
}

/**
 * Loads `runbooks/` under `root`.
 *
 * @throws CordonError with every problem of every file, sorted by place.
 */
export function loadLibrary(root: string): Library {
  const { library, problems } = readLibrary(root);
  if (problems.length > 0) throw new CordonError(problems);
  return library;
}

/** Every problem of every file in `runbooks/` under `root`, sorted by place. Empty when all is well. */
export function lintLibrary(root: string): Problem[] {
  return readLibrary(root).problems;
}

/**
 * The runbooks that are sound, and every problem of the others, sorted by place. For those who must go on with what
 * there is: somebody else's broken file is no reason not to hunt.
 */
export function readLibrary(root: string): { library: Library; problems: Problem[] } {
  const found = findFiles(root);
  const problems = [...found.problems];
  const read = <Path extends { file: string }>(path: Path): { path: Path; source: YamlSource }[] => {
    const text = readText(root, path.file);
    if ("problem" in text) {
      problems.push(text.problem);
      return [];
    }
    try {
      return [{ path, source: parseYaml(text.text, path.file) }];
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  };

  const checked = found.hunts.flatMap(read).map(({ path, source }) => checkHunt(source, path));
  const ids = found.hunts.map(({ id }) => id);
  problems.push(
    ...checked.flatMap((hunt) => hunt.problems),
    ...checkNext(checked, ids),
    ...checkTitles(checked),
  );
  const hunts = sorted(checked.flatMap(({ hunt }) => hunt ?? []));
  const incidents = found.incidents.flatMap(read).flatMap(({ path, source }) => {
    const result = checkIncident(source, path, { ids, sound: hunts });
    problems.push(...result.problems);
    return result.incident ?? [];
  });
  return { library: { hunts, incidents: sorted(incidents) }, problems: problems.sort(byPlace) };
}

/** Each `next` names a hunt. */
function checkNext(checked: readonly CheckedHunt[], ids: readonly string[]): Problem[] {
  return checked.flatMap(({ source, next }) =>
    next.flatMap((id, index) => (ids.includes(id) ? [] : [unknownHunt(id, ids, source, ["next", index])])),
  );
}

/** No two saved queries have the same name: in the console they could not be told apart. */
function checkTitles(checked: readonly CheckedHunt[]): Problem[] {
  const first = new Map<string, string>();
  return checked.flatMap(({ path, source, title }) => {
    if (title === undefined) return [];
    const name = queryDefinitionName({ title, tactic: path.tactic });
    const other = first.get(name.toLowerCase());
    if (other === undefined) {
      first.set(name.toLowerCase(), path.file);
      return [];
    }
    return {
      code: "hunt-duplicate-title",
      message: `${other} has the same title: both would be saved as ${JSON.stringify(name)}`,
      hint: "say in the title what sets this one apart",
      place: source.place(["title"]),
    };
  });
}

function sorted<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  return new Map([...items].sort((a, b) => (a.id < b.id ? -1 : 1)).map((item) => [item.id, item]));
}

function byPlace({ place: a = {} }: Problem, { place: b = {} }: Problem): number {
  const [left, right] = [a.file ?? "", b.file ?? ""];
  if (left !== right) return left < right ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
