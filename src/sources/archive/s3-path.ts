/**
 * What CloudTrail's object names say. Sources: "Finding your CloudTrail log files" (cloudtrail-find-log-files) for
 * `AWSLogs/[o-.../]<account>/CloudTrail/<region>/<year>/<month>/<day>/`, and "CloudTrail log file name format"
 * (cloudtrail-log-file-examples) for `<account>_CloudTrail_<region>_<YYYYMMDD>T<HHmm>Z_<unique>.json.gz`.
 */
export interface PathFacts {
  /** `o-...`: the file comes from an organization's trail. */
  organization?: string;
  account?: string;
  region?: string;
  /** When the file was delivered, as exactly as the path says it: first and last moment, in milliseconds. */
  delivered?: { from: number; to: number };
}

const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;
const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;
const FILE_NAME = /^(\d{12})_CloudTrail_([a-z0-9-]+)_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_/;

/** Beside `CloudTrail` lie folders that hold no events of a trail: hashes of log files, and CloudTrail Insights. */
const NO_EVENTS = /^CloudTrail-(?:Digest|Insight)$/;
const NO_EVENTS_FILE = /^\d{12}_CloudTrail-(?:Digest|Insight)_/;

const MINUTE = 60_000;
const DAY = 86_400_000;

/** @param segments the path's folders and, last, the file's name if the path is one of a file */
export function readPath(segments: readonly string[]): PathFacts {
  return { ...readFolder(segments), ...readName(segments.at(-1) ?? "") };
}

/** What the folders say that a file lies in. */
export function readFolder(segments: readonly string[]): PathFacts {
  const facts: PathFacts = {};
  const organization = segments.find((segment) => ORGANIZATION.test(segment));
  if (organization !== undefined) facts.organization = organization;
  const trail = segments.lastIndexOf("CloudTrail");
  if (trail >= 0) {
    const [account = "", region = "", ...date] = [segments[trail - 1], ...segments.slice(trail + 1)];
    if (ACCOUNT.test(account)) facts.account = account;
    if (REGION.test(region)) {
      facts.region = region;
      const delivered = deliveredInFolder(date);
      if (delivered !== undefined) facts.delivered = delivered;
    }
  }
  return facts;
}

/** What a file's name says: it is more exact than its folders. */
export function readName(name: string): PathFacts {
  const [, account, region, ...time] = FILE_NAME.exec(name) ?? [];
  if (account === undefined || region === undefined) return {};
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = time.map(Number);
  const from = Date.UTC(year, month - 1, day, hour, minute);
  return { account, region, delivered: { from, to: from + MINUTE - 1 } };
}

/** Whether a file or folder of this name holds no events: digests and CloudTrail Insights. */
export function holdsNoEvents(name: string): boolean {
  return NO_EVENTS.test(name) || NO_EVENTS_FILE.test(name);
}

/** `2026`, `2026/11` or `2026/11/24`: the year, month or day. */
function deliveredInFolder([year = "", month = "", day = ""]: readonly string[]): PathFacts["delivered"] {
  if (!/^\d{4}$/.test(year)) return undefined;
  const y = Number(year);
  if (!/^\d{2}$/.test(month)) return { from: Date.UTC(y, 0, 1), to: Date.UTC(y + 1, 0, 1) - 1 };
  const m = Number(month) - 1;
  if (!/^\d{2}$/.test(day)) return { from: Date.UTC(y, m, 1), to: Date.UTC(y, m + 1, 1) - 1 };
  const from = Date.UTC(y, m, Number(day));
  return { from, to: from + DAY - 1 };
}
