import {
  DeleteQueryDefinitionCommand,
  DescribeQueryDefinitionsCommand,
  type DescribeQueryDefinitionsCommandOutput,
  PutQueryDefinitionCommand,
  type QueryDefinition,
} from "@aws-sdk/client-cloudwatch-logs";
import { described, NOT_FOUND, unlessMissing } from "../aws-error";
import type { Clients } from "../clients";
import type { Live, Resource } from "../resource";
import { type Properties, text, texts, UNKNOWN } from "../values";

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const IMPORT_ID = new RegExp(`^arn:[^:]+:logs:[^:]*:[^:]*:query-definition:(${UUID})(?:@([a-z0-9-]+))?$`);

/**
 * A saved Logs Insights query (terraform-provider-aws, internal/service/logs/query_definition.go). Create and update
 * are one call, PutQueryDefinition; reading looks for the id among the names that start with the known name, so a
 * query renamed by hand counts as gone.
 */
export const queryDefinition: Resource = {
  inputs: {
    name: { type: "string", refuse: refusedName },
    queryString: { type: "string", required: true },
    logGroupNames: { type: "strings", refuse: refusedLogGroup },
    region: { type: "string", replaces: true, computed: true },
  },
  nameLength: 255,
  unknownOutputs: () => ["queryDefinitionId", "id"],
  create: put,
  update: (aws, id, inputs, state) => put(aws, { region: state.region, ...inputs }, id),
  async read(aws, id, state) {
    const { own, region } =
      Object.keys(state).length === 0 ? importId(id) : { own: id, region: state.region };
    return find(aws, own, { ...state, region });
  },
  async delete(aws, id, state) {
    const call = logsOf(aws, state).send(new DeleteQueryDefinitionCommand({ queryDefinitionId: id }));
    await unlessMissing(call).catch((error) => {
      throw new Error(
        `deleting CloudWatch Logs Query Definition (${id}): ${described(error, "CloudWatch Logs: DeleteQueryDefinition")}`,
      );
    });
  },
};

async function put(aws: Clients, inputs: Properties, known?: string): Promise<Live> {
  const name = text(inputs, "name");
  const logGroupNames = texts(inputs, "logGroupNames");
  const request = new PutQueryDefinitionCommand({
    name,
    queryString: text(inputs, "queryString"),
    // Leaving them out takes them off (API reference, PutQueryDefinition), so an empty list means none.
    ...(logGroupNames.length > 0 && { logGroupNames }),
    ...(known !== undefined && { queryDefinitionId: known }),
  });
  const { queryDefinitionId: id } = await logsOf(aws, inputs)
    .send(request)
    .catch((error) => {
      throw new Error(
        `putting CloudWatch Logs Query Definition (${name}): ${described(error, "CloudWatch Logs: PutQueryDefinition")}`,
      );
    });
  const live = id === undefined ? undefined : await find(aws, id, inputs);
  if (live === undefined) throw new Error(`reading CloudWatch Logs Query Definition (${id}): ${NOT_FOUND}`);
  return live;
}

async function find(aws: Clients, id: string, state: Properties): Promise<Live | undefined> {
  const prefix = typeof state.name === "string" && state.name !== "" ? state.name : undefined;
  let page: DescribeQueryDefinitionsCommandOutput | undefined;
  do {
    const request = new DescribeQueryDefinitionsCommand({
      ...(prefix !== undefined && { queryDefinitionNamePrefix: prefix }),
      ...(page?.nextToken !== undefined && { nextToken: page.nextToken }),
    });
    page = await logsOf(aws, state)
      .send(request)
      .catch((error): never => {
        throw new Error(
          `reading CloudWatch Logs Query Definition (${id}): ${described(error, "CloudWatch Logs: DescribeQueryDefinitions")}`,
        );
      });
    const found = page.queryDefinitions?.find((definition) => definition.queryDefinitionId === id);
    if (found !== undefined) return live(id, found, regionOf(aws, state));
  } while (page.nextToken !== undefined);
  return undefined;
}

function live(id: string, { name, queryString, logGroupNames = [] }: QueryDefinition, region: string): Live {
  const inputs = { name, queryString, ...(logGroupNames.length > 0 && { logGroupNames }), region };
  return { id, inputs, outputs: { ...inputs, queryDefinitionId: id, id } };
}

function regionOf(aws: Clients, { region }: Properties): string {
  return typeof region === "string" && region !== "" && region !== UNKNOWN ? region : aws.region;
}

function logsOf(aws: Clients, state: Properties) {
  return aws.logs(regionOf(aws, state));
}

/** An import names the ARN, with `@region` behind it for another region than the provider's. */
function importId(id: string): { own: string; region: string | undefined } {
  const [, own, region] = IMPORT_ID.exec(id) ?? [];
  if (own === undefined) {
    throw new Error(`unexpected format for ID (${id}), expected a CloudWatch query definition ARN`);
  }
  return { own, region };
}

/** The real provider's rule without its expression, which takes exponential time on a name that ends in a colon. */
function refusedName(name: string): string | undefined {
  if (name.length < 1 || name.length > 255)
    return `expected length of name to be in the range (1 - 255), got ${name}`;
  if (/^[^:*/]+(?:\/[^:*/]+)*$/.test(name)) return undefined;
  return "invalid value for name (cannot contain a colon or asterisk and cannot start or end with a slash)";
}

/** API reference, CreateLogGroup: 1 to 512 characters of `[\.\-_/#A-Za-z0-9]`. */
function refusedLogGroup(name: string): string | undefined {
  if (name.length < 1 || name.length > 512)
    return `"log_group_names" cannot be longer than 512 characters: ${name}`;
  return /^[\w./#-]+$/.test(name) ? undefined : `invalid log group name: ${name}`;
}
