// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, as workflows write them
import { RULES } from "./rules";
import { ownWorkflows, readWorkflow } from "./workflow";

const CHECKOUT = `uses: actions/checkout@${"0".repeat(40)} # v6.0.2`;
const SAFE = `on: pull_request
permissions: {}
concurrency: { group: x, cancel-in-progress: false }
jobs:
  one:
    if: github.event.pull_request.head.repo.full_name == github.repository
    permissions: { contents: read, id-token: write }
    steps:
      - ${CHECKOUT}
        with: { persist-credentials: false }
      - run: npm ci --ignore-scripts
      - run: echo "$TITLE"
        env: { TITLE: "\${{ github.event.pull_request.title }}" }
  two:
    permissions: { id-token: write }
    if: github.event.pull_request.head.repo.full_name == github.repository && true
    environment: deploy
    concurrency: { group: "stack-\${{ matrix.stack }}", cancel-in-progress: false }
    steps:
      - run: pulumi up --yes
  three:
    permissions: {}
    steps:
      - run: npm test
`;

const broken = (text: string) =>
  RULES.flatMap(({ code, check }) => (check(readWorkflow(text)).length > 0 ? [code] : []));

test.each(ownWorkflows().map((workflow) => [workflow.file, workflow] as const))(
  "%s keeps every rule",
  (_, workflow) => {
    expect(workflow.jobs.flatMap(({ steps }) => steps).length).toBeGreaterThan(0);
    expect(RULES.flatMap(({ code, check }) => check(workflow).map((what) => `${code}: ${what}`))).toEqual([]);
  },
);

test("a workflow that keeps the rules is let through", () => {
  expect(broken(SAFE)).toEqual([]);
});

/** Each of these has one thing wrong. */
const BAD: [rule: string, what: string, from: string | RegExp, to: string][] = [
  [
    "strangers-trigger",
    "runs with the base's secrets",
    "on: pull_request",
    "on: [pull_request, pull_request_target]",
  ],
  [
    "strangers-trigger",
    "runs after a fork's run",
    "on: pull_request",
    "on: { pull_request: , workflow_run: { workflows: [x] } }",
  ],
  ["unpinned-action", "a tag", `@${"0".repeat(40)}`, "@v6"],
  ["unpinned-action", "a short id", "0".repeat(40), "0".repeat(12)],
  ["unpinned-action", "no version", " # v6.0.2", ""],
  ["unpinned-action", "a container", CHECKOUT, "uses: docker://alpine@sha256:00"],
  [
    "expression-in-script",
    "a title in a script",
    'echo "$TITLE"',
    'echo "${{ github.event.pull_request.title }}"',
  ],
  ["expression-in-script", "an id in a script", 'echo "$TITLE"', 'echo "${{ github.run_id }}"'],
  ["permissions", "none at the top", "permissions: {}\nconcurrency", "concurrency"],
  ["permissions", "all at the top", "permissions: {}\nconcurrency", "permissions: write-all\nconcurrency"],
  ["permissions", "none of a job", "    permissions: {}\n    steps:\n      - run: npm test", "    steps: []"],
  ["permissions", "a branch to push to", "contents: read", "contents: write"],
  ["role-and-token", "a role and a token", "contents: read", "pull-requests: write"],
  ["scripts-with-credentials", "install scripts", "npm ci --ignore-scripts", "npm ci"],
  [
    "scripts-with-credentials",
    "install scripts in a line",
    "npm ci --ignore-scripts",
    "cd x && npm --prefix y install",
  ],
  ["scripts-with-credentials", "tests", "npm ci --ignore-scripts", "npm test"],
  ["scripts-with-credentials", "whatever is published", "npm ci --ignore-scripts", "npx something"],
  [
    "scripts-with-credentials",
    "beside a secret",
    "permissions: {}\n    steps:",
    "permissions: {}\n    env: { KEY: '${{ secrets.KEY }}' }\n    steps:",
  ],
  [
    "checkout-of-a-change",
    "its head",
    "persist-credentials: false",
    "persist-credentials: false, ref: '${{ github.event.pull_request.head.sha }}'",
  ],
  [
    "checkout-of-a-change",
    "its branch",
    "persist-credentials: false",
    "persist-credentials: false, ref: '${{ github.head_ref }}'",
  ],
  [
    "checkout-of-a-change",
    "its repository",
    "persist-credentials: false",
    "persist-credentials: false, repository: '${{ github.event.pull_request.head.repo.full_name }}'",
  ],
  ["checkout-of-a-change", "by git", "npm ci --ignore-scripts", "git fetch origin pull/1/head"],
  ["checkout-of-a-change", "by gh", "npm ci --ignore-scripts", "gh pr checkout 1"],
  ["fork-with-credentials", "whoever asks", /if: .*repository\n/, "\n"],
  ["fork-with-credentials", "or whoever asks", "== github.repository\n", "== github.repository || true\n"],
  ["token-left-behind", "in the clone", "with: { persist-credentials: false }", "with: { fetch-depth: 2 }"],
  ["unprotected-change", "with no environment", "    environment: deploy\n", ""],
  [
    "unprotected-change",
    "a destroy",
    "    environment: deploy\n    concurrency",
    "    environment: { name: x }\n    concurrency",
  ],
  ["concurrency", "cancels", "group: x, cancel-in-progress: false", "group: x, cancel-in-progress: true"],
  [
    "concurrency",
    "a job cancels",
    '}}", cancel-in-progress: false',
    "}}\", cancel-in-progress: '${{ true }}'",
  ],
  ["concurrency", "does not say", "group: x, cancel-in-progress: false", "group: x"],
  ["concurrency", "of no stack", 'group: "stack-${{ matrix.stack }}"', 'group: "${{ github.ref }}"'],
];

test.each(BAD)("%s: %s", (rule, _, from, to) => {
  const text = SAFE.replace(from, () => to);
  expect(text).not.toBe(SAFE);
  expect(broken(text)).toEqual([rule]);
});

test("every rule has an example that it catches", () => {
  expect([...new Set(BAD.map(([rule]) => rule))].sort()).toEqual(RULES.map(({ code }) => code).sort());
});
