import { randomUUID } from "node:crypto";
import { actIam, type MotoAddress, type Reply } from "../moto/client";
import { ApiError, xml } from "./api-error";
import type { ApiRequest } from "./api-request";
import type { Principal } from "./principals";
import { SERVICES } from "./services";
import { findText, parseXml } from "./xml";

/** What IAM calls the lab's services (Service Authorization Reference). */
const SERVICE_NAMES: Readonly<Record<string, string>> = {
  iam: "AWS Identity and Access Management",
  logs: "Amazon CloudWatch Logs",
  s3: "Amazon S3",
  sts: "AWS Security Token Service",
};

/** One attempt to call a service. */
interface Attempt {
  /** Milliseconds since the epoch. */
  time: number;
  region: string;
  /** Who tried: a user's or a role's ARN. */
  entity: string;
}

interface Job {
  /** Whoever asked for it: nobody else may read it. */
  owner: string;
  created: number;
  /** The report's services, each as XML. */
  services: string[];
  /** How often it was read: the first time it is still in progress, so that whoever reads must wait. */
  reads: number;
}

/**
 * IAM's service last accessed data, which moto lacks, from the calls that the gateway has seen. Attempts count whether
 * or not they were allowed, as on AWS. Unlike AWS, it lists all of the lab's services, whatever the policies say, and
 * knows a call at once.
 */
export class LastAccessed {
  /** By ARN of the user or role, then by service. */
  readonly #attempts = new Map<string, Map<string, Attempt>>();
  readonly #jobs = new Map<string, Job>();

  constructor(
    private readonly moto: MotoAddress,
    private readonly clock: () => number,
  ) {}

  /** Remembers a call that CloudTrail would have. */
  see(principal: Principal, service: string, region: string, time: number): void {
    const entity = principal.type === "IAMUser" ? principal.arn : principal.role.arn;
    const services = this.#attempts.get(entity) ?? new Map<string, Attempt>();
    this.#attempts.set(entity, services.set(service, { time, region, entity }));
  }

  /** The operation, or undefined when it is moto's. The caller must have been authorised before it is carried out. */
  operation(request: ApiRequest, caller: string): (() => Promise<Reply>) | undefined {
    switch (request.operation) {
      case "GenerateServiceLastAccessedDetails":
        return async () => reply(request, `<JobId>${await this.#generate(request, caller)}</JobId>`);
      case "GetServiceLastAccessedDetails":
        return async () => reply(request, this.#get(request, caller));
      default:
        return undefined;
    }
  }

  async #generate({ parameters }: ApiRequest, owner: string): Promise<string> {
    if ((parameters.Granularity ?? "SERVICE_LEVEL") !== "SERVICE_LEVEL") {
      throw new ApiError("InvalidInput", "The lab does not play last accessed data of actions.");
    }
    const entities = await this.#entities(String(parameters.Arn ?? ""));
    const services = [...SERVICES.keys()].sort().map((service) => {
      const found = entities
        .flatMap((entity) => this.#attempts.get(entity)?.get(service) ?? [])
        .sort((a, b) => b.time - a.time);
      return member(service, found);
    });
    const id = randomUUID();
    this.#jobs.set(id, { owner, created: this.clock(), services, reads: 0 });
    return id;
  }

  #get({ parameters }: ApiRequest, caller: string): string {
    const job = this.#jobs.get(String(parameters.JobId));
    if (job === undefined || job.owner !== caller) {
      throw new ApiError("NoSuchEntity", `The job ${String(parameters.JobId)} cannot be found.`, 404);
    }
    const created = `<JobType>SERVICE_LEVEL</JobType><JobCreationDate>${iso(job.created)}</JobCreationDate>`;
    if (job.reads++ === 0) return `<JobStatus>IN_PROGRESS</JobStatus>${created}`;
    const from = Number(parameters.Marker ?? 0);
    const to = from + Number(parameters.MaxItems ?? 100);
    const more = to < job.services.length;
    return [
      `<JobStatus>COMPLETED</JobStatus>${created}<JobCompletionDate>${iso(job.created)}</JobCompletionDate>`,
      `<ServicesLastAccessed>${job.services.slice(from, to).join("")}</ServicesLastAccessed>`,
      `<IsTruncated>${more}</IsTruncated>${more ? `<Marker>${to}</Marker>` : ""}`,
    ].join("");
  }

  /** The user or role itself, or a group's members. @throws ApiError when there is no such entity */
  async #entities(arn: string): Promise<string[]> {
    const [, type = "", name = ""] =
      /^arn:[^:]+:iam::\d{12}:(user|role|group)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
    if (type === "") throw new ApiError("InvalidInput", `The lab has no last accessed data of ${arn}.`);
    const kind = `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
    const found = await actIam(this.moto, `Get${kind}`, { [`${kind}Name`]: name });
    const text = found.body.toString();
    const own = /<Arn>([^<]*)<\/Arn>/g;
    const arns = [...text.matchAll(own)].map(([, each = ""]) => each);
    const itself = findText(parseXml(text.replace(/<Users>[\s\S]*<\/Users>/, "")), "Arn");
    if (found.status !== 200 || itself !== arn)
      throw new ApiError("NoSuchEntity", `${arn} does not exist.`, 404);
    return type === "group" ? arns.filter((each) => each !== arn) : [arn];
  }
}

function member(service: string, [last, ...others]: readonly Attempt[]): string {
  const name = `<ServiceName>${xml(SERVICE_NAMES[service] ?? service)}</ServiceName><ServiceNamespace>${service}</ServiceNamespace>`;
  const total = last === undefined ? 0 : others.length + 1;
  const when =
    last === undefined
      ? ""
      : `<LastAuthenticated>${iso(last.time)}</LastAuthenticated><LastAuthenticatedEntity>${xml(last.entity)}</LastAuthenticatedEntity>` +
        `<LastAuthenticatedRegion>${last.region}</LastAuthenticatedRegion>`;
  return `<member>${name}${when}<TotalAuthenticatedEntities>${total}</TotalAuthenticatedEntities></member>`;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function reply({ operation, description }: ApiRequest, inside: string): Reply {
  const result = `<${operation}Result>${inside}</${operation}Result>`;
  const metadata = "<ResponseMetadata><RequestId></RequestId></ResponseMetadata>";
  const body = `<${operation}Response xmlns="${description.namespace ?? ""}">${result}${metadata}</${operation}Response>`;
  return { status: 200, headers: { "content-type": "text/xml" }, body: Buffer.from(body) };
}
