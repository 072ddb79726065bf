import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, isIPv4 } from "node:net";
import { CordonError } from "../../src/model/error";

/** Documentation addresses (RFC 5737) and the loopback addresses that stand for them on this machine. */
const STAND_INS: Readonly<Record<string, string>> = {
  "192.0.2": "127.0.2",
  "198.51.100": "127.51.100",
  "203.0.113": "127.0.113",
};

/** Whoever uses the gateway's own endpoint is seen coming from here. */
export const OPERATOR_ADDRESS = "198.51.100.10";

export type OnCall = (message: IncomingMessage, response: ServerResponse, sourceIPAddress: string) => void;

/** The gateway's doors: one on 127.0.0.1, and one for each further address that callers come from. */
export class Listeners {
  /** What a caller's `Host` may be. */
  readonly hosts = new Set<string>();
  readonly #servers: Server[] = [];
  readonly #endpoints = new Map<string, Promise<string>>();

  constructor(private readonly onCall: OnCall) {}

  /** Opens the first door. @throws when the port is taken */
  async open(port: number): Promise<number> {
    const opened = await this.#listen("127.0.0.1", port, OPERATOR_ADDRESS);
    this.hosts.add(`localhost:${opened}`);
    this.#endpoints.set(OPERATOR_ADDRESS, Promise.resolve(`http://127.0.0.1:${opened}`));
    return opened;
  }

  /** @throws CordonError `lab-source-address` for anything but a documentation address */
  endpointFor(sourceIPAddress: string): Promise<string> {
    let endpoint = this.#endpoints.get(sourceIPAddress);
    if (endpoint === undefined) {
      endpoint = this.#openFor(sourceIPAddress);
      this.#endpoints.set(sourceIPAddress, endpoint);
    }
    return endpoint;
  }

  async #openFor(sourceIPAddress: string): Promise<string> {
    const [, network = "", host] = /^(\d+\.\d+\.\d+)\.(\d+)$/.exec(sourceIPAddress) ?? [];
    const standIn = STAND_INS[network];
    if (!isIPv4(sourceIPAddress) || standIn === undefined) {
      throw new CordonError({
        code: "lab-source-address",
        message: `"${sourceIPAddress}" is not an address that the lab can play`,
        hint: `use one of ${Object.keys(STAND_INS)
          .map((net) => `${net}.0/24`)
          .join(", ")} (RFC 5737)`,
      });
    }
    const address = `${standIn}.${host}`;
    try {
      return `http://${address}:${await this.#listen(address, 0, sourceIPAddress)}`;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRNOTAVAIL") throw error;
      // Only Linux has the whole of 127.0.0.0/8: elsewhere the port tells callers apart.
      return `http://127.0.0.1:${await this.#listen("127.0.0.1", 0, sourceIPAddress)}`;
    }
  }

  async #listen(address: string, port: number, sourceIPAddress: string): Promise<number> {
    const server = createServer((message, response) => this.onCall(message, response, sourceIPAddress));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, address, resolve);
    });
    this.#servers.push(server);
    const { port: opened } = server.address() as AddressInfo;
    this.hosts.add(`${address}:${opened}`);
    return opened;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#servers.splice(0).map(async (server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }),
    );
  }
}
