import { extract, type FilterPattern, matches, parse } from "../../../src/filter-pattern";
import { CordonError } from "../../../src/model/error";
import type { Parameters } from "../api-request";
import { groupName } from "./group-name";
import type { LogStore } from "./log-store";
import { pageStart, pageToken } from "./page-token";
import { invalid, optionalInteger, optionalText, optionalTexts, requiredText, violated } from "./parameters";

/** How much is looked at for one page, as on AWS: so a page can be empty and still have a token. Bytes. */
const SCANNED = 1024 * 1024;
/** FilterLogEvents' `filterPattern`, in characters. */
const MAX_PATTERN = 1024;

/** FilterLogEvents over what moto stores, with Cordon's own reading of filter patterns. */
export async function filterLogEvents(store: LogStore, region: string, from: Parameters): Promise<object> {
  const logGroupName = groupName(from);
  const streams = optionalTexts(from, "logStreamNames", 1, 100);
  const streamPrefix = optionalText(from, "logStreamNamePrefix", 1, 512);
  const start = optionalInteger(from, "startTime");
  const end = optionalInteger(from, "endTime");
  const limit = optionalInteger(from, "limit", 1, 10_000) ?? 10_000;
  if (streams !== undefined && streamPrefix !== undefined) {
    throw invalid("LogStreamNames and LogStreamNamePrefix are mutually exclusive.");
  }
  if (start !== undefined && end !== undefined && start > end)
    throw invalid("Start time must not be after end time.");
  if (from.startFromHead === false) throw invalid("The lab plays startFromHead true alone.");
  const pattern = readPattern(optionalText(from, "filterPattern", 0, MAX_PATTERN) ?? "");
  const call = [logGroupName, streams, streamPrefix, start, end, from.filterPattern];
  const first = pageStart(optionalText(from, "nextToken"), call);

  const all = await store.events(region, logGroupName, {
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(streams !== undefined && { streams }),
    ...(streamPrefix !== undefined && { streamPrefix }),
  });
  const events: object[] = [];
  let at = first;
  for (let scanned = 0; at < all.length && events.length < limit && scanned < SCANNED; at++) {
    const event = all[at];
    if (event === undefined) break;
    const { message, timestamp, ingestionTime, eventId, logStream } = event;
    scanned += Buffer.byteLength(message);
    if (matches(pattern, message))
      events.push({ logStreamName: logStream, timestamp, message, ingestionTime, eventId });
  }
  return { events, searchedLogStreams: [], ...(at < all.length && { nextToken: pageToken(at, call) }) };
}

/** TestMetricFilter. Events are numbered from 0, as in the examples of its page. */
export function testMetricFilter(from: Parameters): object {
  const pattern = readPattern(requiredText(from, "filterPattern", 0, MAX_PATTERN));
  const messages = optionalTexts(from, "logEventMessages", 1, 50);
  if (messages === undefined) throw violated("logEventMessages", undefined, "Member must not be null");
  const found = messages
    .map((eventMessage, eventNumber) => ({ eventNumber, eventMessage }))
    .filter(({ eventMessage }) => matches(pattern, eventMessage))
    .map((match) => ({ ...match, extractedValues: extract(pattern, match.eventMessage) }));
  return { matches: found };
}

function readPattern(text: string): FilterPattern {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof CordonError) throw invalid(`Invalid filter pattern: ${error.message}`);
    throw error;
  }
}
