import { askText, ofText, type ScalarFunction } from "./definition";

const SOURCE = "CWL_QuerySyntax-operations-functions, IP address functions";
const GROUP = "IP addresses";

/** Loaded when an address is looked at: with it comes all that sockets need. */
const net = (): typeof import("node:net") => require("node:net");

type Family = 4 | 6;

/** The family of an address, 0 for what is no address. A zone (`fe80::1%eth0`) makes it none. */
function familyOf(text: string): 0 | Family {
  return text.includes("%") ? 0 : (net().isIP(text) as 0 | Family);
}

interface Subnet {
  family: Family;
  has(address: string): boolean;
}

/** `192.0.2.0/24`; `undefined` for what is no CIDR block. */
export function parseSubnet(text: string): Subnet | undefined {
  const [address = "", prefix = "", ...rest] = text.split("/");
  const family = familyOf(address);
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
  if (Number(prefix) > (family === 4 ? 32 : 128)) return undefined;
  const { BlockList } = net();
  const list = new BlockList();
  list.addSubnet(address, Number(prefix), family === 4 ? "ipv4" : "ipv6");
  return { family, has: (candidate) => list.check(candidate, family === 4 ? "ipv4" : "ipv6") };
}

function listOf(...subnets: readonly string[]): (address: string) => boolean {
  let parsed: Subnet[] | undefined;
  return (address) => {
    parsed ??= subnets.flatMap((subnet) => parseSubnet(subnet) ?? []);
    const family = familyOf(address);
    return parsed.some((subnet) => subnet.family === family && subnet.has(address));
  };
}

/** RFC 1918. */
const isPrivate = listOf("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

/** IANA's registries of special-purpose addresses, without those of RFC 1918. */
const isReserved = listOf(
  "0.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "::1/128",
  "64:ff9b:1::/48",
  "100::/64",
  "2001:db8::/32",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
);

function question(
  name: string,
  summary: string,
  examples: ScalarFunction["examples"],
  ask: (text: string) => boolean,
): ScalarFunction {
  return {
    kind: "scalar",
    name,
    group: GROUP,
    parameters: ["value"],
    summary,
    source: SOURCE,
    examples,
    compile: askText(ask),
  };
}

function inSubnet(
  name: string,
  families: readonly Family[],
  example: readonly [string, string, string],
): ScalarFunction {
  const [hit, miss, subnet] = example;
  const allowed = (parsed: Subnet | undefined) => parsed !== undefined && families.includes(parsed.family);
  return {
    kind: "scalar",
    name,
    group: GROUP,
    parameters: ["value", "value"],
    summary: `1 if the field is an address${families.length === 1 ? ` of IPv${families[0]}` : ""} within the CIDR block.`,
    source: SOURCE,
    examples: [
      [`${name}("${hit}", "${subnet}")`, "1"],
      [`${name}("${miss}", "${subnet}")`, "0"],
      [`${name}("ec2.amazonaws.com", "${subnet}")`, "0"],
    ],
    check: ({ arguments: [, block] }) =>
      block?.kind === "string" && !allowed(parseSubnet(block.value))
        ? {
            argument: block,
            message: `${JSON.stringify(block.value)} is no CIDR block`,
            hint: `write it like ${subnet}`,
          }
        : undefined,
    compile(...context) {
      let last: { text: string; subnet: Subnet | undefined } | undefined;
      return askText((address, block = "") => {
        if (last?.text !== block) last = { text: block, subnet: parseSubnet(block) };
        const parsed = last.subnet;
        return (
          parsed !== undefined &&
          allowed(parsed) &&
          familyOf(address) === parsed.family &&
          parsed.has(address)
        );
      })(...context);
    },
  };
}

export const ipFunctions: readonly ScalarFunction[] = [
  question(
    "isValidIp",
    "1 if the field is an IPv4 or IPv6 address.",
    [
      ['isValidIp("192.0.2.1")', "1"],
      ['isValidIp("ec2.amazonaws.com")', "0"],
    ],
    (text) => familyOf(text) !== 0,
  ),
  question(
    "isValidIpV4",
    "1 if the field is an IPv4 address.",
    [
      ['isValidIpV4("192.0.2.1")', "1"],
      ['isValidIpV4("2001:db8::1")', "0"],
    ],
    (text) => familyOf(text) === 4,
  ),
  question(
    "isValidIpV6",
    "1 if the field is an IPv6 address.",
    [
      ['isValidIpV6("2001:db8::1")', "1"],
      ['isValidIpV6("192.0.2.1")', "0"],
    ],
    (text) => familyOf(text) === 6,
  ),
  inSubnet("isIpInSubnet", [4, 6], ["192.0.2.1", "198.51.100.1", "192.0.2.0/24"]),
  inSubnet("isIpv4InSubnet", [4], ["192.0.2.1", "198.51.100.1", "192.0.2.0/24"]),
  inSubnet("isIpv6InSubnet", [6], ["2001:db8::1", "2001:db9::1", "2001:db8::/32"]),
  {
    kind: "scalar",
    name: "ipv4ToNumber",
    group: GROUP,
    parameters: ["value"],
    summary: "The 32-bit number of an IPv4 address.",
    source: SOURCE,
    examples: [
      ['ipv4ToNumber("192.0.2.1")', "3221225985"],
      ['ipv4ToNumber("2001:db8::1")', null],
    ],
    compile: ofText((text) =>
      familyOf(text) === 4 ? text.split(".").reduce((number, part) => number * 256 + Number(part), 0) : null,
    ),
  },
  question(
    "isPrivateIP",
    "1 if the field is an address of RFC 1918.",
    [
      ['isPrivateIP("10.1.2.3")', "1"],
      ['isPrivateIP("8.8.8.8")', "0"],
    ],
    isPrivate,
  ),
  question(
    "isPublicIP",
    "1 if the field is an address that is neither private nor reserved.",
    [
      ['isPublicIP("8.8.8.8")', "1"],
      ['isPublicIP("10.1.2.3")', "0"],
      ['isPublicIP("ec2.amazonaws.com")', "0"],
    ],
    (text) => familyOf(text) !== 0 && !isPrivate(text) && !isReserved(text),
  ),
  question(
    "isReservedIP",
    "1 if the field is an address that IANA keeps for special purposes, those of RFC 1918 left out.",
    [
      ['isReservedIP("127.0.0.1")', "1"],
      ['isReservedIP("8.8.8.8")', "0"],
    ],
    isReserved,
  ),
];
