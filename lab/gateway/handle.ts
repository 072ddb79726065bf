import { randomBytes, randomUUID } from "node:crypto";
import { type MotoAddress, type Reply, send } from "../moto/client";
import { ApiError, errorReply, isUnrecorded } from "./api-error";
import { type ApiRequest, guessProtocol, readApiRequest } from "./api-request";
import type { Call } from "./call";
import type { HttpRequest } from "./http-request";
import { IamNames } from "./iam-names";
import { LastAccessed } from "./last-accessed";
import { Logs } from "./logs";
import { correctReply, motoError } from "./moto-reply";
import { PolicyRoom } from "./policy-room";
import { type Principal, Principals } from "./principals";
import { isReadOnly } from "./services";
import { assumeDenied, assumeRole } from "./sts";
import { type TrailEvent, trailEvent } from "./trail/event";

export interface HandlerOptions {
  moto: MotoAddress;
  accountId: string;
  clock: () => number;
  /** Told of every call that was understood, whatever became of it. */
  onCall: (call: Call) => void;
  /** Told of every call by somebody who is known, as CloudTrail is. */
  record: (event: TrailEvent) => void;
}

/** Answers calls: reads them, lets moto decide, serves what moto lacks, corrects what moto says, and records. */
export class Handler {
  readonly #principals: Principals;
  readonly #policyRoom: PolicyRoom;
  readonly #logs: Logs;
  readonly #lastAccessed: LastAccessed;

  constructor(private readonly options: HandlerOptions) {
    const { moto, accountId, clock } = options;
    this.#principals = new Principals(moto);
    this.#policyRoom = new PolicyRoom(moto, new IamNames(moto));
    this.#logs = new Logs(moto, accountId, clock);
    this.#lastAccessed = new LastAccessed(moto, clock);
  }

  async handle(http: HttpRequest): Promise<Reply> {
    const protocol = guessProtocol(http);
    const requestId = protocol === "s3" ? randomBytes(8).toString("hex").toUpperCase() : randomUUID();
    let request: ApiRequest;
    try {
      request = readApiRequest(http);
    } catch (error) {
      return errorReply(protocol, asApiError(error), requestId);
    }
    const time = this.options.clock();
    const principal = await this.#principals.find(request.accessKeyId);
    const answer = await this.#answer(request, principal, time).catch((error: unknown) => asApiError(error));
    const error =
      answer instanceof ApiError ? answer : await this.#explain(request, principal, motoError(answer));
    const reply = correctReply(request, answer instanceof ApiError ? EMPTY : answer, error, requestId);
    const { service, operation } = request;
    if (service === "iam" && error === undefined && !isReadOnly(service, operation))
      this.#principals.forgetUsers();
    if (principal !== undefined && !(error && isUnrecorded(error.code))) {
      const { accountId } = this.options;
      this.#lastAccessed.see(principal, service, request.region, time);
      this.options.record(trailEvent({ request, principal, requestId, time, accountId, reply, error }));
    }
    this.options.onCall({
      eventSource: `${service}.amazonaws.com`,
      eventName: operation,
      region: request.region,
      ...(principal !== undefined && { principal: principal.arn }),
      accessKeyId: request.accessKeyId,
      sourceIPAddress: http.sourceIPAddress,
      ...(error !== undefined && { errorCode: error.code }),
      parameters: request.parameters,
      time,
    });
    return reply;
  }

  /** moto's answer, or ours where moto has none. */
  async #answer(request: ApiRequest, principal: Principal | undefined, time: number): Promise<Reply> {
    const { moto } = this.options;
    const { service, operation, http } = request;
    if (principal?.type === "IAMUser" && !principal.active) throw invalidToken();
    if (principal?.type === "AssumedRole" && time >= principal.until) {
      throw new ApiError("ExpiredToken", "The security token included in the request is expired", 403);
    }
    if (service === "iam") {
      const report = principal && this.#lastAccessed.operation(request, principal.arn);
      if (report === undefined) return this.#policyRoom.call(request);
      const asked = await send(moto, http, "ask");
      return asked.status === 202 ? report() : asked;
    }
    if (service === "sts" && operation === "AssumeRole" && principal !== undefined) {
      return assumeRole(moto, this.#principals, request, principal.arn, time);
    }
    const own = service === "logs" ? this.#logs.operation(request) : undefined;
    if (own === undefined) return send(moto, http, "forward");
    const asked = await send(moto, http, "ask");
    if (asked.status !== 202) return asked;
    const headers = { "content-type": "application/x-amz-json-1.1" };
    return { status: 200, headers, body: Buffer.from(JSON.stringify(await own())) };
  }

  /** moto's error, made whole where it says less than AWS does. */
  async #explain(request: ApiRequest, principal: Principal | undefined, error: ApiError | undefined) {
    if (
      error?.status === 500 &&
      principal?.type === "AssumedRole" &&
      !(await this.#principals.roleExists(principal))
    ) {
      return invalidToken(); // moto fails on a session whose role is gone
    }
    if (request.operation === "AssumeRole" && error?.code === "AccessDenied" && principal !== undefined) {
      const message = assumeDenied(principal.arn, String(request.parameters.RoleArn ?? ""));
      return new ApiError(error.code, message, error.status);
    }
    return error;
  }
}

const EMPTY: Reply = { status: 400, headers: {}, body: Buffer.alloc(0) };

function invalidToken(): ApiError {
  return new ApiError("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
}

/** An ApiError as it is; anything else is a bug of the lab's: said on standard error, and told to the caller. */
function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  console.error(error);
  return new ApiError("InternalFailure", "The lab's gateway failed. This is a bug of the lab's.", 500);
}
