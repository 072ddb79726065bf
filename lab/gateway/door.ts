import type { IncomingMessage } from "node:http";
import type { Reply } from "../moto/client";

/** Where moto serves something other than AWS: its control paths, an instance's metadata, another service's API. */
const CLOSED = /^\/*(moto-api|latest\/(meta-data|api)|favicon\.ico|v20180820)/i;

/**
 * What is turned away before anybody asks what it wants.
 * - A `Host` that is not this gateway's: a web page whose name was made to point here (DNS rebinding).
 * - Whatever a browser sends from a page: no AWS client sends an `Origin`.
 * - A path that leads to moto's own controls, however it is escaped.
 */
export function turnAway(message: IncomingMessage, hosts: ReadonlySet<string>): Reply | undefined {
  const { host = "", origin } = message.headers;
  const path = message.url ?? "/";
  if (!hosts.has(host.toLowerCase())) return plain(421, "this is not that host");
  if (origin !== undefined) return plain(403, "the lab does not talk to web pages");
  if (!path.startsWith("/")) return plain(400, "this is not a proxy");
  const opened = unescapePath(path.split(/[?#]/)[0] ?? "");
  if (opened === undefined) return plain(400, "the path is not valid");
  return CLOSED.test(opened) ? plain(404, "no such path") : undefined;
}

/** The path as the server behind would see it, however often it was escaped, or undefined when it is broken. */
function unescapePath(path: string): string | undefined {
  let opened = path;
  try {
    for (let again = 0; again < 3 && opened.includes("%"); again++) opened = decodeURIComponent(opened);
  } catch {
    return opened === path ? undefined : opened; // a key may hold a "%" of its own
  }
  return opened;
}

export function plain(status: number, text: string): Reply {
  return { status, headers: { "content-type": "text/plain" }, body: Buffer.from(`${text}\n`) };
}
