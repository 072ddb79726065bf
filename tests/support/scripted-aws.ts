import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** One call that was made. */
export interface AwsCall {
  /** `StartQuery`, `ListUsers`, ... */
  operation: string;
  /** The JSON body, or the fields of the form. */
  input: Record<string, unknown>;
}

/** An error as AWS answers it. */
export class AwsRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Answers one operation: JSON for CloudWatch Logs, the inside of the result element for IAM. */
type Answer = (input: Record<string, unknown>, calls: number) => unknown;

/**
 * An AWS on loopback that answers what a test tells it to, whoever asks. Between `start` and `close`, the process's
 * environment points the AWS SDK at it.
 */
export class ScriptedAws {
  readonly calls: AwsCall[] = [];
  readonly answers: Record<string, Answer> = {};
  private readonly environment = { ...process.env };
  private readonly server = createServer(async (request, response) => {
    const { operation, input, json } = await readCall(request);
    this.calls.push({ operation, input });
    const earlier = this.calls.filter((call) => call.operation === operation).length - 1;
    response.setHeader("content-type", json ? "application/x-amz-json-1.1" : "text/xml");
    try {
      const answer = this.answers[operation];
      if (answer === undefined) throw new AwsRefusal("AccessDeniedException", `no answer for ${operation}`);
      const body = answer(input, earlier);
      response.end(json ? JSON.stringify(body) : inResult(operation, String(body)));
    } catch (error) {
      if (!(error instanceof AwsRefusal)) throw error;
      response.statusCode = 400;
      response.end(
        json
          ? JSON.stringify({ __type: error.code, message: error.message })
          : `<ErrorResponse><Error><Code>${error.code}</Code><Message>${error.message}</Message></Error></ErrorResponse>`,
      );
    }
  });

  static async start(): Promise<ScriptedAws> {
    const aws = new ScriptedAws();
    await new Promise<void>((resolve) => aws.server.listen(0, "127.0.0.1", resolve));
    const { port } = aws.server.address() as AddressInfo;
    for (const name of Object.keys(process.env).filter((name) => name.startsWith("AWS_")))
      delete process.env[name];
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      AWS_CONFIG_FILE: "/nonexistent",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
      AWS_EC2_METADATA_DISABLED: "true",
    });
    return aws;
  }

  /** Forgets calls and answers. */
  reset(): void {
    this.calls.length = 0;
    for (const operation of Object.keys(this.answers)) delete this.answers[operation];
  }

  /** The names of the operations that were called, in order. */
  get operations(): string[] {
    return this.calls.map(({ operation }) => operation);
  }

  async close(): Promise<void> {
    for (const name of Object.keys(process.env)) if (!(name in this.environment)) delete process.env[name];
    Object.assign(process.env, this.environment);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function readCall(request: IncomingMessage): Promise<AwsCall & { json: boolean }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") {
    return { operation: target.split(".")[1] ?? "", input: JSON.parse(text), json: true };
  }
  const input = Object.fromEntries(new URLSearchParams(text));
  return { operation: input.Action ?? "", input, json: false };
}

function inResult(operation: string, inside: string): string {
  return `<${operation}Response><${operation}Result>${inside}</${operation}Result></${operation}Response>`;
}
