// post-comment.mjs FILE: writes FILE as a comment of the pull request, in the place of the one that an earlier run wrote.
import { readFileSync } from "node:fs";

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, PULL_REQUEST } = process.env;
const body = readFileSync(process.argv[2], "utf8");
const marker = body.slice(0, body.indexOf("\n"));
const repository = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}`;

const earlier = await find();
if (earlier === undefined) await call("POST", `${repository}/issues/${PULL_REQUEST}/comments`, { body });
else await call("PATCH", `${repository}/issues/comments/${earlier}`, { body });
console.log(earlier === undefined ? "written" : "put in the place of the last one");

/** The id of ours. Somebody else's comment that begins the same way is theirs. */
async function find() {
  for (let page = 1; ; page++) {
    const comments = await call(
      "GET",
      `${repository}/issues/${PULL_REQUEST}/comments?per_page=100&page=${page}`,
    );
    const ours = comments.find(
      ({ user, body }) =>
        user?.login === "github-actions[bot]" && user.type === "Bot" && body?.startsWith(marker),
    );
    if (ours !== undefined) return ours.id;
    if (comments.length < 100) return undefined;
  }
}

async function call(method, url, content) {
  const response = await fetch(url, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${GITHUB_TOKEN}`,
      "x-github-api-version": "2022-11-28",
      "user-agent": "cordon",
    },
    ...(content && { body: JSON.stringify(content) }),
  });
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}`);
  return response.json();
}
