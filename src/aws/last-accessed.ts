import type {
  GetServiceLastAccessedDetailsResponse,
  IAMClient,
  ServiceLastAccessed,
} from "@aws-sdk/client-iam";
import { CordonError } from "../model/error";
import { callAws } from "./errors";
import { type Pace, patiently, pause } from "./patience";

/** A report takes IAM seconds, at times a minute. */
const PACE: Pace = { first: 500, longest: 5000 };
const DEFAULT_TIMEOUT = 5 * 60_000;

/** How a report is waited for. */
export interface ReportOptions {
  /** Ends the waiting. */
  signal?: AbortSignal | undefined;
  /** Milliseconds after which it is given up. Default: 5 minutes. */
  timeout?: number | undefined;
  pace?: Pace | undefined;
}

/**
 * IAM's service last accessed data of a user, role or group: GenerateServiceLastAccessedDetails, then
 * GetServiceLastAccessedDetails until the report is there, all pages. Nothing is left behind: IAM forgets the report.
 *
 * @returns each service that the entity's policies allow (IAM API Reference, GetServiceLastAccessedDetails); those that
 * were never tried have no `LastAuthenticated`.
 * @throws CordonError: `last-accessed-failed`, `last-accessed-timeout`, or what IAM said.
 */
export async function serviceLastAccessed(
  client: IAMClient,
  arn: string,
  { signal, timeout = DEFAULT_TIMEOUT, pace = PACE }: ReportOptions = {},
): Promise<ServiceLastAccessed[]> {
  const { GenerateServiceLastAccessedDetailsCommand, GetServiceLastAccessedDetailsCommand } = await import(
    "@aws-sdk/client-iam"
  );
  const deadline = AbortSignal.timeout(timeout);
  const ended = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  const patience = { pace, signal: ended };
  const get = (JobId: string | undefined, Marker?: string): Promise<GetServiceLastAccessedDetailsResponse> =>
    callAws("iam:GetServiceLastAccessedDetails", () =>
      patiently(() => {
        const command = new GetServiceLastAccessedDetailsCommand({
          JobId,
          MaxItems: 1000,
          ...(Marker && { Marker }),
        });
        return client.send(command, { abortSignal: ended });
      }, patience),
    );
  try {
    const { JobId } = await callAws("iam:GenerateServiceLastAccessedDetails", () =>
      patiently(
        () =>
          client.send(new GenerateServiceLastAccessedDetailsCommand({ Arn: arn }), { abortSignal: ended }),
        patience,
      ),
    );
    let page = await get(JobId);
    for (let attempt = 0; page.JobStatus === "IN_PROGRESS"; attempt++) {
      await pause(attempt, pace, ended);
      page = await get(JobId);
    }
    if (page.JobStatus !== "COMPLETED") throw failed(page);
    const services = [...(page.ServicesLastAccessed ?? [])];
    while (page.IsTruncated && page.Marker) {
      page = await get(JobId, page.Marker);
      services.push(...(page.ServicesLastAccessed ?? []));
    }
    return services;
  } catch (error) {
    if (signal?.aborted || !deadline.aborted) throw error;
    throw new CordonError({
      code: "last-accessed-timeout",
      message: `IAM had no report about ${arn} after ${timeout / 1000} s`,
      hint: "try again in a few minutes",
    });
  }
}

function failed({ JobStatus, Error: reason }: GetServiceLastAccessedDetailsResponse): CordonError {
  const told = reason === undefined ? "" : `: ${reason.Code}: ${reason.Message}`;
  return new CordonError({
    code: "last-accessed-failed",
    message: `IAM ended the report with ${JobStatus ?? "no status"}${told}`,
    hint: "try again in a few minutes",
  });
}
