import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { DeleteUserPolicyCommand } from "@aws-sdk/client-iam";
import { openTestLab, type TestLab } from "../support/lab";
import { Checkout } from "./checkout";

/** What a log may quote from anybody: a mention, a command to the runner, Markdown, HTML, an order of reading. */
const HOSTILE = "Seen in `x` | @org/team ::add-mask::mallory ##[error] <img src=x> \u200f$(touch pwned)";

/** GitHub's API as far as the workflows call it: a pull request's comments, and the newest commit of main. */
class GitHub {
  readonly comments: { id: number; body: string; user: { login: string; type: string } }[] = [];
  readonly calls: string[] = [];
  newest = "";
  url = "";
  readonly #server: Server = createServer(
    (request, response) => void this.#answer(request).then((body) => response.end(body)),
  );

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage): Promise<string> {
    const { method = "", url = "", headers } = request;
    this.calls.push(`${method} ${url} ${headers.authorization}`);
    let text = "";
    for await (const chunk of request) text += chunk;
    if (url === "/repos/org/response/commits/main") return this.newest;
    const { body = "" } = text === "" ? {} : (JSON.parse(text) as { body?: string });
    const [, id] = /\/issues\/comments\/(\d+)$/.exec(url) ?? [];
    const [, page] = /^\/repos\/org\/response\/issues\/7\/comments\?per_page=100&page=(\d+)$/.exec(url) ?? [];
    if (method === "GET" && page !== undefined) {
      return JSON.stringify(this.comments.slice((Number(page) - 1) * 100, Number(page) * 100));
    }
    const old = this.comments.find((comment) => comment.id === Number(id));
    if (method === "PATCH" && old !== undefined) old.body = body;
    else if (method === "POST") this.add(body, "github-actions[bot]", "Bot");
    else throw new Error(`${method} ${url}`);
    return "{}";
  }

  add(body: string, login: string, type: string): void {
    this.comments.push({ id: this.comments.length + 1, body, user: { login, type } });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let lab: TestLab;
let checkout: Checkout;
const github = new GitHub();

beforeAll(async () => {
  lab = await openTestLab();
  checkout = Checkout.open(lab);
  await github.start();
}, 120_000);
afterAll(async () => {
  await github.stop();
  await lab?.close();
});

const run = (file: string, job: string, context: Record<string, string> = {}, only?: string[]) =>
  checkout.run(file, job, { context, env: { GITHUB_API_URL: github.url }, ...(only && { only }) });

/** The lines of a log that the runner would obey. */
function obeyed(log: string): string[] {
  let token: string | undefined;
  return log.split("\n").flatMap((line) => {
    const [, stop] = /^::stop-commands::(.+)$/.exec(line) ?? [];
    if (stop !== undefined) token = stop;
    else if (token !== undefined && line === `::${token}::`) token = undefined;
    else if (token === undefined && /^\s*::|##\[/.test(line)) return [line];
    return [];
  });
}

test("from a pull request to a deny, to drift, to everybody back in", async () => {
  await lab.addUser("mallory");
  await lab.addUser("eve");
  const before = checkout.git("rev-parse", "HEAD");
  github.newest = await checkout.change([{ user: "mallory" }, { user: "eve" }], HOSTILE);

  const reviewed = await run("pull-request.yml", "preview");
  expect(reviewed).toMatchObject({ code: 0 });
  expect(obeyed(reviewed.log)).toEqual([]);
  const comment = readFileSync(path.join(checkout.temporary, "comment.md"), "utf8");
  expect(reviewed.summary).toBe(comment);
  const [marker, summary, , heading, , first, second] = comment.split("\n");
  expect(marker).toMatch(/^<!-- cordon/);
  expect(summary).toBe("**2 lose access**, compared with `HEAD^1`.");
  expect(heading).toMatch(/^\| Who \| What happens \|/);
  expect(first).toMatch(/^\| `user\/mallory` \| loses all access \| `INC-1` \|/);
  expect(second).toMatch(/^\| `user\/eve` \| loses all access \| `INC-1` \|/);
  expect(comment).toContain("containment-user-mallory");
  expect(comment).not.toContain("\u200f");

  github.add(`${marker}\nNobody loses access.`, "mallory", "User");
  for (let index = 0; index < 120; index++) github.add("Looks good.", "reviewer", "User");
  const posts = { first: await run("pull-request.yml", "comment"), second: { code: 1 } };
  appendFileSync(path.join(checkout.temporary, "comment.md"), "again\n");
  posts.second = await run("pull-request.yml", "comment");
  expect(posts).toMatchObject({ first: { code: 0 }, second: { code: 0 } });
  const ours = github.comments.filter(({ user }) => user.type === "Bot").map(({ body }) => body);
  expect(ours).toEqual([`${comment}again\n`]);
  expect(new Set(github.calls.map((call) => call.split(" ").slice(2).join(" ")))).toEqual(
    new Set(["Bearer ghs_token"]),
  );

  const fresh = await run("deploy.yml", "preview", { "github.event.before": before });
  expect(fresh).toMatchObject({ code: 0, output: 'stacks=["containment","hunts"]\n' });
  expect(fresh.summary).toMatch(/\*\*2 lose access\*\*/);
  expect(obeyed(fresh.log)).toEqual([]);
  for (const stack of ["containment", "hunts"]) {
    const applied = await run("deploy.yml", "apply", { "matrix.stack": stack }, [
      "Refuse a commit that is not the newest",
      "Apply",
      ...(stack === "containment" ? ["Prove it"] : []),
    ]);
    expect(applied).toMatchObject({ code: 0 });
    if (stack === "containment") expect(applied.log).toMatch(/2 of 2 listed entities denied/);
  }
  expect(await run("deploy.yml", "preview", { "github.event.before": "0".repeat(40) })).toMatchObject({
    code: 0,
    output: "stacks=[]\n",
  });

  const hunts = lab.workspace.stackFile("hunts");
  const text = readFileSync(hunts, "utf8");
  writeFileSync(hunts, "config: { cordon:hunts: oops }\n");
  await lab.setBlockList([]);
  const half = await run("deploy.yml", "preview", { "github.event.before": before });
  expect(half).toMatchObject({ output: 'stacks=["containment"]\n' });
  expect(half.code).not.toBe(0);
  writeFileSync(hunts, text);
  checkout.git("checkout", "--quiet", "Pulumi.containment.yaml");

  github.newest = "f".repeat(40);
  const late = await run("deploy.yml", "apply", { "matrix.stack": "containment" });
  expect(late).toMatchObject({ code: 1, log: expect.stringMatching(/main has moved on/) });
  expect(late.log).not.toMatch(/Updating/);

  const night = await run("drift.yml", "drift");
  expect(night).toMatchObject({ code: 0, summary: expect.stringMatching(/^All is as it should be\.\n/) });
  await lab.iam.send(new DeleteUserPolicyCommand({ UserName: "mallory", PolicyName: "DenyAll" }));
  const drifted = await run("drift.yml", "drift");
  expect(drifted).toMatchObject({ code: 7, log: expect.stringMatching(/containment-user-mallory/) });
  const says = "Say it in the run's summary";
  const compared = "The block list against IAM, and overdue entries";
  expect(await run("drift.yml", "drift", {}, [compared])).toMatchObject({
    code: 1,
    log: expect.stringMatching(/user\/mallory\s+missing/),
  });
  const { code, summary: told } = await run("drift.yml", "drift", {}, [says]);
  expect([code, told]).toEqual([0, expect.stringMatching(/^\*\*Somebody has to look at this:\*\*/)]);
  expect(told).toMatch(/^\| the stack `containment`, with AWS \| \*\*drift\*\* \|$/m);
  expect(told).toMatch(/^\| the stack `hunts`, with AWS \| no drift \|$/m);
  expect(told).toMatch(
    /^\| the block list, with IAM \| \*\*not as listed, overdue, or not known: see below\*\* \|$/m,
  );
  expect(told).toMatch(
    /^<details open><summary><code>cordon status<\/code><\/summary>\n\n```\n[^`]*user\/mallory +missing/m,
  );

  const destroy = { "inputs.stack": "containment", "inputs.confirm": "$(pulumi destroy)" };
  expect(await run("destroy.yml", "confirm", destroy)).toMatchObject({ code: 1 });
  expect(await run("destroy.yml", "confirm", { ...destroy, "inputs.confirm": "containment" })).toMatchObject({
    code: 0,
  });
  expect(await run("destroy.yml", "destroy", destroy)).toMatchObject({ code: 0 });
  const left = await lab.cordon("status", "--output", "json");
  expect(JSON.parse(left.stdout)).toMatchObject([{ state: "missing" }, { state: "missing" }]);
}, 300_000);
