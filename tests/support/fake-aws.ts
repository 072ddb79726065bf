import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

type Fields = Record<string, string | undefined>;
interface QueryDefinition {
  queryDefinitionId: string;
  name: string;
  queryString: string;
  logGroupNames?: string[];
}

/** What went wrong, as a service answers it. */
class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/**
 * The few operations of IAM, STS and CloudWatch Logs that the lab's provider calls, in memory and with no signatures:
 * enough to test the provider by itself. Test what depends on IAM's rules against the lab.
 */
export class FakeAws {
  /** `user/mallory` and the like. */
  readonly principals = new Set<string>();
  /** Names of a group's members. */
  readonly members = new Map<string, string[]>();
  /** Inline policies by `user/mallory/DenyAll`. */
  readonly policies = new Map<string, string>();
  /** Query definitions by region. */
  readonly queries = new Map<string, QueryDefinition[]>();
  /** Every operation that was asked for, in order. */
  readonly calls: string[] = [];
  /** Operations that are to fail with AccessDenied. */
  readonly denied = new Set<string>();
  /** Called before an operation is answered: a test may wait or kill here. */
  before: (operation: string) => void | Promise<void> = () => {};
  accountId = "123456789012";

  private constructor(
    readonly endpoint: string,
    private readonly stop: () => Promise<void>,
  ) {}

  static async start(): Promise<FakeAws> {
    let fake: FakeAws;
    const server = createServer(async (request, response) => {
      const { status, type, body } = await fake.answer(request);
      response.writeHead(status, { "content-type": type, "x-amzn-requestid": "fake" }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    fake = new FakeAws(`http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return fake;
  }

  close(): Promise<void> {
    return this.stop();
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; type: string; body: string }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const target = request.headers["x-amz-target"];
    if (typeof target === "string") {
      const region = /\/([a-z0-9-]+)\/logs\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
      return this.respond(target.split(".")[1] ?? "", JSON_ANSWER, (operation) =>
        this.logs(operation, region, JSON.parse(text)),
      );
    }
    const fields: Fields = Object.fromEntries(new URLSearchParams(text));
    return this.respond(fields.Action ?? "", XML_ANSWER, (operation) => this.iam(operation, fields));
  }

  private async respond<T>(operation: string, answer: Answer<T>, handle: (operation: string) => T) {
    this.calls.push(operation);
    await this.before(operation);
    try {
      if (this.denied.has(operation))
        throw new Refusal("AccessDenied", `not authorized to perform ${operation}`, 403);
      return { status: 200, type: answer.type, body: answer.ok(operation, handle(operation)) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, type: answer.type, body: answer.failed(error) };
    }
  }

  private iam(operation: string, fields: Fields): string {
    if (operation === "GetCallerIdentity") {
      const arn = `arn:aws:iam::${this.accountId}:user/operator`;
      return `<Account>${this.accountId}</Account><Arn>${arn}</Arn><UserId>AIDAOPERATOR</UserId>`;
    }
    const [, verb, kind, policy] = /^(Get|Put|Delete)(User|Role|Group)(Policy)?$/.exec(operation) ?? [];
    if (kind === undefined) throw new Refusal("InvalidAction", operation);
    const asked = fields[`${kind}Name`] ?? "";
    const found = [...this.principals].find(
      (name) => name.toLowerCase() === `${kind}/${asked}`.toLowerCase(),
    );
    if (found === undefined) {
      throw new Refusal("NoSuchEntity", `The ${kind.toLowerCase()} with name ${asked} cannot be found.`, 404);
    }
    if (policy === undefined) return this.principal(kind, found.slice(found.indexOf("/") + 1));
    const key = `${found}/${fields.PolicyName}`;
    if (verb === "Put") {
      this.policies.set(key, fields.PolicyDocument ?? "");
      return "";
    }
    const document = this.policies.get(key);
    if (document === undefined) throw new Refusal("NoSuchEntity", `The policy ${key} cannot be found.`, 404);
    if (verb === "Delete") {
      this.policies.delete(key);
      return "";
    }
    const names = `<${kind}Name>${asked}</${kind}Name><PolicyName>${fields.PolicyName}</PolicyName>`;
    return `${names}<PolicyDocument>${encodeURIComponent(document)}</PolicyDocument>`;
  }

  private principal(kind: string, name: string): string {
    const one = (of: string, called: string) =>
      `<${of}Name>${called}</${of}Name><${of}Id>ID${called}</${of}Id><Path>/</Path>` +
      `<Arn>arn:aws:iam::${this.accountId}:${of.toLowerCase()}/${called}</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate>`;
    const members = (this.members.get(name) ?? []).map((member) => `<member>${one("User", member)}</member>`);
    return `<${kind}>${one(kind, name)}</${kind}>${kind === "Group" ? `<Users>${members.join("")}</Users>` : ""}`;
  }

  private logs(operation: string, region: string, request: Partial<QueryDefinition> & Fields): unknown {
    const all = this.queries.get(region) ?? [];
    const existing = all.find(({ queryDefinitionId }) => queryDefinitionId === request.queryDefinitionId);
    if (operation === "DescribeQueryDefinitions") {
      const prefix = request.queryDefinitionNamePrefix ?? "";
      const matching = all.filter(({ name }) => name.startsWith(prefix));
      // One a page, so that whoever reads them has to turn pages.
      const index = Number(request.nextToken ?? 0);
      const more = index + 1 < matching.length;
      return {
        queryDefinitions: matching.slice(index, index + 1),
        ...(more && { nextToken: String(index + 1) }),
      };
    }
    if (request.queryDefinitionId !== undefined && existing === undefined) {
      throw new Refusal("ResourceNotFoundException", "The specified query definition does not exist.");
    }
    const others = all.filter((definition) => definition !== existing);
    if (operation === "DeleteQueryDefinition") {
      this.queries.set(region, others);
      return { success: true };
    }
    const { name = "", queryString = "", logGroupNames } = request;
    const queryDefinitionId = existing?.queryDefinitionId ?? randomUUID();
    const definition = { queryDefinitionId, name, queryString, ...(logGroupNames && { logGroupNames }) };
    this.queries.set(region, [...others, definition]);
    return { queryDefinitionId };
  }
}

interface Answer<T> {
  type: string;
  ok(operation: string, value: T): string;
  failed(refusal: Refusal): string;
}

const JSON_ANSWER: Answer<unknown> = {
  type: "application/x-amz-json-1.1",
  ok: (_operation, value) => JSON.stringify(value),
  failed: ({ code, message }) => JSON.stringify({ __type: code, message }),
};

const XML_ANSWER: Answer<string> = {
  type: "text/xml",
  ok: (operation, value) =>
    `<${operation}Response><${operation}Result>${value}</${operation}Result>` +
    `<ResponseMetadata><RequestId>fake</RequestId></ResponseMetadata></${operation}Response>`,
  failed: ({ code, message }) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>` +
    `<RequestId>fake</RequestId></ErrorResponse>`,
};
