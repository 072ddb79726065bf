import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { LabState } from "./state";

type Control = LabState["control"];

/**
 * Lets other commands of the same user ask a lab whether it is there, and end it. Asking the process itself, rather
 * than sending a signal to a number read from a file, can never hit another process that got the same number.
 */
export async function serveControl(onStop: () => void): Promise<Control & { server: Server }> {
  const token = randomBytes(32).toString("hex");
  const server = createServer((request, response) => {
    const shown = Buffer.from(request.headers.authorization ?? "");
    const wanted = Buffer.from(`Bearer ${token}`);
    if (shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) response.writeHead(403).end();
    else if (request.method === "GET") response.writeHead(204).end();
    else if (request.method === "DELETE") response.writeHead(202).end(onStop);
    else response.writeHead(405).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return { port: (server.address() as AddressInfo).port, token, server };
}

/** Whether the lab answers to its own token. */
export async function answers(control: Control): Promise<boolean> {
  return (await ask(control, "GET")) === 204;
}

/** Asks the lab to end. False when there is none. */
export async function askToStop(control: Control): Promise<boolean> {
  return (await ask(control, "DELETE")) === 202;
}

async function ask({ port, token }: Control, method: string): Promise<number | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(5000),
    });
    return response.status;
  } catch {
    return undefined; // nobody listens there any more
  }
}
