import { printable } from "../../model/printable";
import { UsageError } from "../errors";
import { safeJson } from "../output/json";
import { bold } from "../output/terminal";
import { count } from "../progress";
import type { Session } from "../session";
import type { WatchEvent } from "./event";

/**
 * Prints what a watch sees as it sees it: a line of text each, or of JSON.
 *
 * @throws UsageError for a format that needs all rows at once.
 */
export function watchPrinter({ io, options }: Session): (event: WatchEvent) => void {
  const { output } = options;
  if (output === "jsonl") return (event) => void io.stdout.write(`${safeJson(event, 0)}\n`);
  if (output !== "table") {
    throw new UsageError({
      code: "output-format",
      message: `--output ${output} is for what is known at once, and a watch goes on`,
      hint: "use table or jsonl",
    });
  }
  const strong = bold(io.stdout, io.env);
  return (event) => {
    const line = printable(`${event.time}  ${textOf(event)}`);
    if (event.kind === "problem" || event.kind === "summary") io.stderr.write(`${line}\n`);
    else io.stdout.write(`${isAlarm(event) ? strong(line) : line}\n`);
  };
}

/** What no deny stops (STS API Reference, GetCallerIdentity; IAM User Guide, GetSessionToken). */
const UNDENIABLE = new Set(["sts:GetCallerIdentity", "sts:GetSessionToken"]);

function isAlarm(event: WatchEvent): boolean {
  switch (event.kind) {
    case "state":
      return event.state !== "denied";
    case "change":
      return event.effect === "weakens" && event.errorCode === undefined;
    case "attempt":
      return event.outcome === "allowed" && !UNDENIABLE.has(event.call);
    case "left":
      return true;
    case "reassert":
      return event.outcome === "failed";
    default:
      return false;
  }
}

function textOf(event: WatchEvent): string {
  switch (event.kind) {
    case "state": {
      const by = event.policies.length === 0 ? "" : ` (${event.policies.join(" ")})`;
      const before = event.before === undefined ? "" : `, was ${event.before}`;
      return `${event.entity}: ${event.state.toUpperCase()}${by}${before}`;
    }
    case "change": {
      const verb = event.errorCode === undefined ? VERBS[event.effect] : `${event.errorCode}:`;
      const about = event.about ? ` ${event.about}` : "";
      return `${event.entity}: ${verb} ${event.call}${about}, ${callerText(event)}`;
    }
    case "attempt": {
      const times = event.count === 1 ? "" : `${event.count} x `;
      return `${event.entity}: tries ${times}${event.call}, ${event.errorCode ?? "ALLOWED"}, ${callerText(event)}`;
    }
    case "left":
      return `${event.entity}: left ${event.group}, whose deny held it; pulumi up does not put it back`;
    case "reassert": {
      const entities = event.entities.join(", ");
      if (event.outcome === "begun") return `pulumi up, to put back: ${entities}`;
      if (event.outcome === "done") return `pulumi up has run for: ${entities}`;
      return `not put back: ${entities}: ${event.reason}; tried again`;
    }
    case "problem":
      return `${event.reason}; tried again`;
    case "summary":
      return summaryText(event);
  }
}

const VERBS = { weakens: "weakened by", contains: "put back by" };

function callerText({
  by,
  accessKeyId,
  sourceIPAddress,
  userAgent,
}: {
  by: string;
  accessKeyId?: string;
  sourceIPAddress?: string;
  userAgent?: string;
}): string {
  const parts = [
    `by ${by}`,
    ...(accessKeyId === undefined ? [] : [`with ${accessKeyId}`]),
    ...(sourceIPAddress === undefined ? [] : [`from ${sourceIPAddress}`]),
    ...(userAgent === undefined ? [] : [`(${userAgent})`]),
  ];
  return parts.join(" ");
}

function summaryText(summary: Extract<WatchEvent, { kind: "summary" }>): string {
  const { since, sweeps, weakened, reasserted, attempts, notDenied, denied } = summary;
  const parts = [`watched since ${since}: IAM read ${count(sweeps, "time")}`];
  if (weakened !== null) parts.push(`weakened ${count(weakened, "time")}`);
  parts.push(`put back ${count(reasserted, "time")}`);
  if (attempts !== null) {
    const tried = attempts.denied + attempts.allowed + attempts.failed;
    parts.push(
      `${count(tried, "call")} of who is contained (${attempts.denied} denied, ${attempts.allowed} allowed)`,
    );
  }
  const end =
    notDenied.length > 0 ? `NOT denied: ${notDenied.join(", ")}` : "not known whether all are denied";
  return `${parts.join("; ")}. At the end ${denied ? "everybody is denied" : end}`;
}
