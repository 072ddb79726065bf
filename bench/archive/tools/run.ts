import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Runs a line of bash. @returns the CPU time of its processes, in milliseconds */
export async function run(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  onLine: (line: string) => void,
): Promise<number> {
  const timed = `TIMEFORMAT='cpu %U %S'; set -o pipefail; time { ${script}; }`;
  const child = spawn("bash", ["-c", timed, "bash", ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const closed = new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  for await (const line of createInterface({ input: child.stdout })) onLine(line);
  const code = await closed;
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)\s*$/.exec(errors) ?? [];
  if (code !== 0 || user === undefined) throw new Error(`${script} failed: ${errors}`);
  return (Number(user) + Number(system)) * 1000;
}
