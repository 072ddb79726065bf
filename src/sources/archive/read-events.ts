import type { FieldPath } from "../../insights";
import type { Problem } from "../../model/error";
import type { EventView } from "../../model/log-event";
import { DoubtfulEvents, type TakeEvent } from "./doubtful-events";
import type { ArchiveFile } from "./find-files";
import { lineToLogEvent, NO_TIME, parseObject, toLogEvent } from "./log-events";
import { readStretches } from "./read-file";
import type { Scanner } from "./scan/scanner";
import { ViewReader, type ViewTaker } from "./scan/view-reader";
import type { ArchiveScope } from "./scope";
import { type RecordSplitter, splitRecords } from "./split-records";

/** What was read, and what could not be. */
export interface ReadReport {
  records: number;
  /** Of the records' text. */
  bytes: number;
  /** Records that say no time: they are in no time range but that of everything. */
  timeless: number;
  /** Paths of files that turned out to be no logs (see DoubtfulEvents): nothing of them is counted. */
  noLogs: string[];
  problems: Problem[];
}

/** How events are read that a scanner can show where they lie. */
export interface ScannedViews {
  /** Shows the `scopeFields` as well. */
  scanner: Scanner;
  take: ViewTaker["take"];
}

/** Reads a file's events one after the other, whatever it is made like. */
export async function readEvents(
  file: ArchiveFile,
  scope: ArchiveScope,
  take: TakeEvent,
  views?: ScannedViews,
): Promise<ReadReport> {
  const report = newReport();
  const onBroken = (reason: string): void => void report.problems.push(brokenFile(file, reason));
  const reader = eventReader(file, scope, take, report, views);
  for await (const stretch of readStretches(
    file,
    onBroken,
    views && ((length) => views.scanner.room(length)),
  )) {
    reader.push(stretch);
    if (reader.isOver) break;
  }
  return report;
}

export function newReport(): ReadReport {
  return { records: 0, bytes: 0, timeless: 0, noLogs: [], problems: [] };
}

export function addReport(
  into: ReadReport,
  { records, bytes, timeless, noLogs, problems }: ReadReport,
): void {
  into.records += records;
  into.bytes += bytes;
  into.timeless += timeless;
  into.noLogs.push(...noLogs);
  into.problems.push(...problems);
}

export function brokenFile({ path }: Pick<ArchiveFile, "path">, reason: string): Problem {
  return { code: "archive-file-broken", message: reason, place: { file: path } };
}

function eventReader(
  file: ArchiveFile,
  scope: ArchiveScope,
  take: TakeEvent,
  report: ReadReport,
  views?: ScannedViews,
): RecordSplitter {
  const onBroken = (reason: string): void => void report.problems.push(brokenFile(file, reason));
  const isWanted = recordFilter(file, scope);
  const events = new DoubtfulEvents(file, (event, offset) => {
    if (isWanted !== undefined && !isWanted(parseObject(event.message))) return;
    report.records++;
    report.bytes += Buffer.byteLength(event.message);
    if (event.timestamp === NO_TIME) report.timeless++;
    take(event, offset);
  });
  let bad = 0;
  const viewed =
    views === undefined
      ? undefined
      : new ViewReader(views.scanner, file, {
          // Those out of scope are not counted, so each is looked at.
          all: isWanted !== undefined,
          take(view, offset) {
            events.settle(true);
            if (isWanted !== undefined && !isWanted(view.record)) return;
            report.records++;
            report.bytes += view.size;
            views.take(view, offset);
          },
          skip(records, bytes) {
            events.settle(true);
            report.records += records;
            report.bytes += bytes;
          },
        });
  const splitter = splitRecords(
    file.path,
    (record) => {
      const event = record.isJson ? toLogEvent(record.text, file) : lineToLogEvent(record.text, file);
      if (event === undefined) bad++;
      else events.push(event, record);
    },
    onBroken,
    viewed === undefined ? undefined : (bytes, at, base) => viewed.read(bytes, at, base),
  );
  return {
    get isOver() {
      return splitter.isOver;
    },
    push(stretch) {
      splitter.push(stretch);
      if (!splitter.isOver) return;
      if (bad > 0) onBroken(`holds ${bad} ${bad === 1 ? "record" : "records"} of no JSON`);
      // What a broken file lacks may be just what would show that it is a log.
      if (events.settle(report.problems.length > 0)) report.noLogs.push(file.path);
    },
  };
}

/** The fields by which records say whether they are in scope, as far as somebody asks. */
export function scopeFields({ account, region }: ArchiveScope): FieldPath[] {
  const keys = [
    ...(account === undefined ? [] : ["recipientAccountId"]),
    ...(region === undefined ? [] : ["awsRegion"]),
  ];
  return keys.map((key) => ({ keys: [key], isWhole: false }));
}

/** Asks the records themselves for the account and the region that their file's path does not tell. */
function recordFilter(
  { account, region }: ArchiveFile,
  scope: ArchiveScope,
): ((record: EventView["record"] | undefined) => boolean) | undefined {
  const entries: [key: string, value: string][] = [];
  if (account === undefined && scope.account !== undefined)
    entries.push(["recipientAccountId", scope.account]);
  if (region === undefined && scope.region !== undefined) entries.push(["awsRegion", scope.region]);
  if (entries.length === 0) return undefined;
  return (record) => entries.every(([key, value]) => record?.[key] === undefined || record[key] === value);
}
