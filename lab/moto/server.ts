/** A running moto_server, which belongs to this process: it dies with it. */
export interface Moto {
  port: number;
  pid: number;
  /** `http://127.0.0.1:PORT`. Only the gateway and the bootstrap talk to it. */
  endpoint: string;
  stop(): Promise<void>;
}

/** Starts moto on 127.0.0.1 and a free port, and waits until it answers. */
export async function startMoto(_options: { program?: string } = {}): Promise<Moto> {
  throw new Error("being written");
}
