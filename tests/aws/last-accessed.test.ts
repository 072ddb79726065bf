import { serviceLastAccessed } from "../../src/aws/last-accessed";
import { type Handler, type LoopbackAws, startLoopbackAws, THROTTLED } from "../support/loopback-aws";
import { problemOf } from "../support/problem";

let fake: LoopbackAws | undefined;
afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

const ARN = "arn:aws:iam::123456789012:user/mallory";
const QUICK = { pace: { first: 1, longest: 1 } };
const generate: Handler = (_, call) =>
  call === 0 ? THROTTLED : result("GenerateServiceLastAccessedDetails", "<JobId>job-1</JobId>");
const report = (inside: string) => result("GetServiceLastAccessedDetails", inside);
const IN_PROGRESS = report("<JobStatus>IN_PROGRESS</JobStatus>");

function result(operation: string, inside: string): { xml: string } {
  return {
    xml: `<${operation}Response><${operation}Result>${inside}</${operation}Result></${operation}Response>`,
  };
}
const services = (...names: string[]) =>
  `<ServicesLastAccessed>${names.map((name) => `<member><ServiceNamespace>${name}</ServiceNamespace></member>`).join("")}</ServicesLastAccessed>`;

async function start(get: Handler): Promise<LoopbackAws> {
  fake = await startLoopbackAws({
    GenerateServiceLastAccessedDetails: generate,
    GetServiceLastAccessedDetails: get,
  });
  return fake;
}

test("throttling and a report in progress are waited out, and all pages are read", async () => {
  const { iam, calls } = await start(({ Marker }, call) => {
    if (call === 0) return IN_PROGRESS;
    if (call === 1) return THROTTLED;
    const page = Marker === undefined ? services("iam", "s3") : services("sts");
    const more = Marker === undefined ? "<IsTruncated>true</IsTruncated><Marker>m</Marker>" : "";
    return report(`<JobStatus>COMPLETED</JobStatus>${page}${more}`);
  });
  const found = await serviceLastAccessed(iam, ARN, QUICK);
  expect(found.map(({ ServiceNamespace }) => ServiceNamespace)).toEqual(["iam", "s3", "sts"]);
  expect(calls.map(({ input }) => input.Arn ?? input.JobId)).toEqual([
    ARN,
    ARN,
    "job-1",
    "job-1",
    "job-1",
    "job-1",
  ]);
});

test("a report that fails says why", async () => {
  const { iam } = await start(() =>
    report("<JobStatus>FAILED</JobStatus><Error><Code>Internal</Code><Message>try later</Message></Error>"),
  );
  expect(await problemOf(() => serviceLastAccessed(iam, ARN, QUICK))).toMatchObject({
    code: "last-accessed-failed",
    message: "IAM ended the report with FAILED: Internal: try later",
  });
});

test("a report that never ends is given up", async () => {
  const { iam } = await start(() => IN_PROGRESS);
  expect(await problemOf(() => serviceLastAccessed(iam, ARN, { ...QUICK, timeout: 100 }))).toMatchObject({
    code: "last-accessed-timeout",
  });
});

test("Ctrl-C ends the waiting", async () => {
  const { iam } = await start(() => IN_PROGRESS);
  const stop = new AbortController();
  const asked = serviceLastAccessed(iam, ARN, { ...QUICK, signal: stop.signal });
  stop.abort(new Error("stopped"));
  await expect(asked).rejects.toThrow();
});
