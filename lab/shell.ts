import path from "node:path";
import { TRAIL_LOG_GROUP } from "./account";
import { openWorkspace } from "./pulumi/workspace";
import type { LabState } from "./state";

/** Shells that `cordon lab env` can speak to. */
export const shells = ["sh", "fish", "powershell"] as const;
export type Shell = (typeof shells)[number];

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const setting: Record<Shell, { set(name: string, value: string): string; unset(name: string): string }> = {
  sh: {
    set: (name, value) => `export ${name}=${quote(value)}`,
    unset: (name) => `unset ${name}`,
  },
  fish: {
    // Fish's PATH is a list; a quoted value with colons is split by fish itself for PATH alone.
    set: (name, value) => `set -gx ${name} '${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
    unset: (name) => `set -e ${name}`,
  },
  powershell: {
    set: (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
    unset: (name) => `Remove-Item -ErrorAction SilentlyContinue Env:${name}`,
  },
};

/** The executable `cordon` that the lab puts on PATH: this clone's. */
export const cordonCommand = (labDir: string): string => path.join(labDir, "bin", "cordon");

/** The lab's variables, `undefined` for those that a shell must not have: `aws`, `pulumi` and `cordon` then talk to the lab. */
export function variables(state: Pick<LabState, "workspace">): Record<string, string | undefined> {
  const workspace = openWorkspace(state.workspace);
  const ours = path.dirname(cordonCommand(state.workspace.labDir));
  const search = workspace.variables.PATH ?? process.env.PATH ?? "";
  return {
    ...workspace.variables,
    CORDON_LOG_GROUP: TRAIL_LOG_GROUP,
    PATH: search.split(path.delimiter).includes(ours) ? search : `${ours}${path.delimiter}${search}`,
  };
}

/** Lines for `eval "$(cordon lab env)"`. */
export function environment(state: Pick<LabState, "workspace">, shell: Shell): string {
  const { set, unset } = setting[shell];
  return Object.entries(variables(state))
    .map(([name, value]) => `${value === undefined ? unset(name) : set(name, value)}\n`)
    .join("");
}
