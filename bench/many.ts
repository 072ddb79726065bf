import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { DeleteUserPolicyCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { openLab } from "../lab/lab";
import { runPulumi } from "../lab/pulumi/run";
import { DEFAULT_POLICY_NAME, denyAllPolicy } from "../src/model/deny-policy";
import { listUsers, operatorClient } from "./listed-users";
import { measure, table } from "./measure";

const ENTITIES = Number(process.env.ENTITIES ?? 200);
const ROUNDS = Number(process.env.ROUNDS ?? 2);
const projectRoot = path.resolve(__dirname, "..");
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const run = promisify(execFile);
const PolicyName = DEFAULT_POLICY_NAME;
const PolicyDocument = JSON.stringify(denyAllPolicy());

/**
 * How long it takes to contain and release many users at once, beside the loop that AWS's lab would need: a call of the
 * AWS command line for each user, one after another. The same calls from one process are the floor of any such loop.
 */
async function main(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), "cordon-bench-"));
  const lab = await openLab({ dir, projectRoot, log: (line) => process.stderr.write(`${line}\n`) });
  const iam = operatorClient(lab);
  try {
    const users = await listUsers(lab, ENTITIES);
    let calls = 0;
    lab.gateway.onCall(() => calls++);
    const counted: Record<string, number> = {};
    const counting = (name: string, act: () => Promise<unknown>) => async () => {
      calls = 0;
      await act();
      counted[name] = calls;
    };
    const pulumi = (command: string, ...args: string[]) =>
      counting([command, ...args].join(" "), async () => {
        const { code, output } = await runPulumi(lab.workspace, [command, ...args, "--stack", "containment"]);
        if (code !== 0) throw new Error(`pulumi ${command} failed:\n${output}`);
      });
    const env = lab.workspace.environment;
    const aws = (operation: string, ...args: string[]) =>
      counting(`aws iam ${operation}`, async () => {
        const common = ["--policy-name", PolicyName, ...args];
        for (const user of users)
          await run("aws", ["iam", operation, "--user-name", user, ...common], { env });
      });
    const sdk = (name: string, call: (UserName: string) => Promise<unknown>) =>
      counting(name, async () => {
        for (const user of users) await call(user);
      });

    const quick = ["--yes", "--skip-preview"];
    const before = loadavg()[0] ?? Number.NaN;
    const times = await measure(
      {
        preview: pulumi("preview"),
        up: pulumi("up", ...quick),
        unchanged: pulumi("preview", "--expect-no-changes"),
        destroy: pulumi("destroy", ...quick),
        put: aws("put-user-policy", "--policy-document", PolicyDocument),
        remove: aws("delete-user-policy"),
        putHere: sdk("PutUserPolicy", (UserName) =>
          iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
        ),
        removeHere: sdk("DeleteUserPolicy", (UserName) =>
          iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
        ),
      },
      ROUNDS,
    );
    const load = `load average ${before.toFixed(1)} before, ${loadavg()[0]?.toFixed(1)} after`;
    process.stdout.write(
      `Node ${process.versions.node}, ${cpus().length} cores, ${ENTITIES} users, ${ROUNDS} rounds, ${load}\n\n`,
    );
    process.stdout.write(
      `${table([
        { what: "loop of `aws iam put-user-policy`", times: times.put },
        { what: "the same calls from one process, one after another", times: times.putHere, peer: times.put },
        { what: "`pulumi preview`, all new", times: times.preview, peer: times.put },
        { what: "`pulumi up`, all new", times: times.up, peer: times.put },
        { what: "`pulumi preview`, unchanged", times: times.unchanged, peer: times.put },
        { what: "loop of `aws iam delete-user-policy`", times: times.remove },
        {
          what: "the same calls from one process, one after another",
          times: times.removeHere,
          peer: times.remove,
        },
        { what: "`pulumi destroy`", times: times.destroy, peer: times.remove },
      ])}\n\n`,
    );
    for (const [name, number] of Object.entries(counted))
      process.stdout.write(`${name}: ${number} calls to AWS\n`);
  } finally {
    iam.destroy();
    await lab.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
