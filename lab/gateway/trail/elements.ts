import type { XmlElement, XmlValue } from "../xml";

/*
 * How CloudTrail writes the parameters and the answer of a query-protocol call: names begin in lower case, lists are
 * lists, numbers and booleans are such, times are written out, and secrets are left out. Compared with real records of
 * IAM and STS.
 */

/** Secrets that CloudTrail leaves out of requests and answers of IAM and STS. Session tokens it does record. */
const SECRET =
  /^(secretAccessKey|password|oldPassword|newPassword|servicePassword|serviceCredentialSecret|privateKey|tokenCode|base32StringSeed|qRCodePNG)$/i;
const NUMBER =
  /^(durationSeconds|maxSessionDuration|maxItems|packedPolicySize|attachmentCount|permissionsBoundaryUsageCount)$/;
const BOOLEAN = /^(passwordResetRequired|isAttachable|setAsDefault|isDefaultVersion)$/;
const TIME = /(Date|expiration)$/;

/** `requestParameters` of a form: `Tags.member.1.Key` becomes `tags: [{ key }]`. Null when there is nothing to say. */
export function formElements(form: Readonly<Record<string, unknown>>): object | null {
  const root: Record<string, unknown> = Object.create(null);
  for (const [path, value] of Object.entries(form)) {
    if (path === "Version") continue;
    const steps = path.split(".").filter((step) => step !== "member");
    const names = steps.map((step) => (/^\d+$/.test(step) ? step : lowerFirst(step)));
    if (names.some((name) => SECRET.test(name))) continue;
    put(root, names, String(value));
  }
  const parameters = lists(root);
  return Object.keys(parameters).length === 0 ? null : parameters;
}

function put(into: Record<string, unknown>, [name = "", ...rest]: string[], value: string): void {
  if (rest.length === 0) into[name] = typed(name, value);
  else {
    const inner = into[name];
    const next =
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : Object.create(null);
    into[name] = next;
    put(next, rest, value);
  }
}

/** What has numbers for names is a list. */
function lists(value: Record<string, unknown>): object {
  const inner = Object.entries(value).map(([name, item]): [string, unknown] => [
    name,
    typeof item === "object" && item !== null ? lists(item as Record<string, unknown>) : item,
  ]);
  const isList = inner.length > 0 && inner.every(([name]) => /^\d+$/.test(name));
  if (!isList) return Object.fromEntries(inner);
  return inner.sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item);
}

/** `responseElements` of an answer: what stands in `<CreateUserResult>`. Null when there is nothing in it. */
export function xmlElements(result: XmlValue | undefined, service: string): object | null {
  if (result === undefined || typeof result === "string") return null;
  const elements = element(result, service);
  return typeof elements === "object" && Object.keys(elements).length > 0 ? elements : null;
}

function element(value: XmlElement, service: string): object {
  if ("member" in value) return [value.member ?? []].flat().map((item) => leaf("", item, service));
  const named: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const lower = lowerFirst(name);
    if (SECRET.test(lower) || item === "" || Array.isArray(item)) continue;
    named[lower] = leaf(lower, item, service);
  }
  return named;
}

function leaf(name: string, value: XmlValue, service: string): unknown {
  if (typeof value !== "string") return element(value, service);
  if (TIME.test(name) && !Number.isNaN(Date.parse(value))) return spelledOut(new Date(value), service);
  return typed(name, value);
}

function typed(name: string, value: string): unknown {
  if (NUMBER.test(name)) return Number(value);
  return BOOLEAN.test(name) ? value === "true" : value;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Jul 10, 2023 12:23:05 PM`; STS writes one more comma. UTC. */
function spelledOut(time: Date, service: string): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const hour = time.getUTCHours();
  const clock = `${hour % 12 || 12}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} ${hour < 12 ? "AM" : "PM"}`;
  const day = `${MONTHS[time.getUTCMonth()]} ${time.getUTCDate()}, ${time.getUTCFullYear()}`;
  return service === "sts" ? `${day}, ${clock}` : `${day} ${clock}`;
}
