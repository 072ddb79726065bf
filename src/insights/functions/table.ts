import { basicAggregates } from "./counting";
import { datetimeFunctions } from "./datetime";
import type { AggregateFunction, FunctionDefinition, ScalarFunction } from "./definition";
import { distributionAggregates } from "./distribution";
import { encodingFunctions } from "./encoding";
import { generalFunctions } from "./general";
import { hashFunctions } from "./hash";
import { ipFunctions } from "./ip";
import { jsonFunctions } from "./json";
import { numericFunctions } from "./numeric";
import { textFunctions } from "./text";
import { timedAggregates } from "./timed";
import { topk } from "./topk";

export const SCALAR_FUNCTIONS: readonly ScalarFunction[] = [
  ...generalFunctions,
  ...textFunctions,
  ...encodingFunctions,
  ...numericFunctions,
  ...datetimeFunctions,
  ...ipFunctions,
  ...jsonFunctions,
  ...hashFunctions,
];

export const AGGREGATE_FUNCTIONS: readonly AggregateFunction[] = [
  ...basicAggregates,
  ...distributionAggregates,
  ...timedAggregates,
  topk,
];

/** Every function that the language has, by each of its names in lower case. */
const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map(
  [...SCALAR_FUNCTIONS, ...AGGREGATE_FUNCTIONS].flatMap((definition) =>
    [definition.name, ...(definition.aliases ?? [])].map((name): [string, FunctionDefinition] => [
      name.toLowerCase(),
      definition,
    ]),
  ),
);

/** The function of that name, in upper or lower case. */
export function findFunction(name: string): FunctionDefinition | undefined {
  return FUNCTIONS.get(name.toLowerCase());
}

export function functionNames(): string[] {
  return [...FUNCTIONS.values()].map(({ name }) => name);
}
