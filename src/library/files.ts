import { isUtf8 } from "node:buffer";
import { type Dirent, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isTactic, type Tactic, tactics } from "../model/attack";
import { closest } from "../model/closest";
import type { Problem } from "../model/error";
import { Slug } from "../model/hunt";

/** A hunt's file, found but not parsed. */
export interface HuntPath {
  /** Relative to the project, with slashes. */
  file: string;
  id: string;
  tactic: Tactic;
}

/** An incident runbook's file, found but not parsed. */
export interface IncidentPath {
  file: string;
  id: string;
}

/** What stands in `runbooks/`, and what should not. */
export interface Found {
  hunts: HuntPath[];
  incidents: IncidentPath[];
  problems: Problem[];
}

const SCHEMAS = ["hunt.json", "incident.json"];

/** Looks through `runbooks/` under `root`. Symbolic links are reported and not followed. */
export function findFiles(root: string): Found {
  const found: Found = { hunts: [], incidents: [], problems: [] };
  const report = (code: string, file: string, message: string, hint: string) =>
    found.problems.push({ code, message, hint, place: { file } });

  const list = (folder: string): Dirent[] => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    return entries.filter((entry) => {
      if (!entry.isSymbolicLink()) return true;
      report(
        "runbook-symlink",
        `${folder}/${entry.name}`,
        "symbolic links are not followed",
        "copy the file here",
      );
      return false;
    });
  };
  const stray = (file: string, expected: string) =>
    report("runbook-stray", file, "no runbook: nothing reads this", expected);
  const idOf = (folder: string, entry: Dirent): string | undefined => {
    const file = `${folder}/${entry.name}`;
    const id = entry.name.replace(/\.yaml$/, "");
    if (!entry.isFile() || id === entry.name) {
      stray(
        file,
        /\.yml$/i.test(entry.name) ? "name it .yaml" : "expected <id>.yaml files alone in this folder",
      );
      return undefined;
    }
    const slug = Slug.safeParse(id);
    if (!slug.success) {
      report("runbook-id", file, `${JSON.stringify(id)} is no id`, slug.error.issues[0]?.message ?? "");
      return undefined;
    }
    return id;
  };

  if (!isFolder(join(root, "runbooks"))) {
    report("runbooks-missing", "runbooks", "there is no such folder", "run this in the project's folder");
    return found;
  }
  for (const entry of list("runbooks")) {
    const folder = `runbooks/${entry.name}`;
    if (entry.name === "hunts" && entry.isDirectory()) {
      for (const tactic of list(folder)) {
        const inside = `${folder}/${tactic.name}`;
        if (!tactic.isDirectory())
          stray(inside, "hunts stand in a folder of their tactic: hunts/<tactic>/<id>.yaml");
        else if (!isTactic(tactic.name))
          report("runbook-tactic", inside, "unknown tactic", hintTactic(tactic.name));
        else {
          for (const hunt of list(inside)) {
            const id = idOf(inside, hunt);
            if (id !== undefined)
              found.hunts.push({ file: `${inside}/${hunt.name}`, id, tactic: tactic.name });
          }
        }
      }
    } else if (entry.name === "incidents" && entry.isDirectory()) {
      for (const incident of list(folder)) {
        const id = idOf(folder, incident);
        if (id !== undefined) found.incidents.push({ file: `${folder}/${incident.name}`, id });
      }
    } else if (entry.name === "schema" && entry.isDirectory()) {
      for (const schema of list(folder).filter(({ name }) => !SCHEMAS.includes(name))) {
        stray(`${folder}/${schema.name}`, `expected ${SCHEMAS.join(" and ")}`);
      }
    } else stray(folder, "expected hunts/, incidents/ and schema/");
  }
  found.problems.push(...duplicates(found.hunts), ...duplicates(found.incidents));
  return found;
}

/** The text of a file, or why there is none. */
export function readText(root: string, file: string): { text: string } | { problem: Problem } {
  const unreadable = (why: string) => ({
    problem: { code: "runbook-unreadable", message: `cannot be read: ${why}`, place: { file } },
  });
  try {
    const bytes = readFileSync(join(root, file));
    return isUtf8(bytes) ? { text: new TextDecoder().decode(bytes) } : unreadable("it is not UTF-8");
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** ATT&CK 19 has no Defense Evasion any more, which most people will type first. */
function hintTactic(folder: string): string {
  if (/^defen[cs]e-evasion$/.test(folder)) return "ATT&CK 19 split it into stealth and defense-impairment";
  const meant = closest(folder, Object.keys(tactics));
  return meant === undefined
    ? `expected one of ${Object.keys(tactics).join(", ")}`
    : `did you mean ${meant}?`;
}

function duplicates(paths: readonly (HuntPath | IncidentPath)[]): Problem[] {
  const first = new Map<string, string>();
  return paths.flatMap(({ id, file }) => {
    const other = first.get(id);
    if (other !== undefined) {
      return {
        code: "runbook-duplicate-id",
        message: `id "${id}" is taken by ${other}`,
        hint: "an id is unique over all folders: rename one of the files",
        place: { file },
      };
    }
    first.set(id, file);
    return [];
  });
}
