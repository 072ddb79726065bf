import { ACCOUNT } from "./principals";
import type { Random } from "./random";
import { nameOf, type Service } from "./service";

const items = (random: Random, most: number, make: () => unknown) => ({
  items: random.times(random.between(1, most), make),
});

export const ec2: Service = ({ name, readOnly }, random, { at, region }) => {
  const instance = () => ({ instanceId: `i-0${random.hex(16)}` });
  if (name === "RunInstances") {
    const id = `i-0${random.hex(16)}`;
    const subnetId = `subnet-0${random.hex(16)}`;
    return {
      requestParameters: {
        instancesSet: { items: [{ imageId: `ami-0${random.hex(16)}`, minCount: 1, maxCount: 1 }] },
        userData: "<sensitiveDataRemoved>",
        instanceType: random.pick(["m6i.large", "c7g.xlarge", "t3.medium"]),
        monitoring: { enabled: false },
        subnetId,
        disableApiTermination: false,
        clientToken: random.uuid(),
        tagSpecificationSet: items(random, 1, () => ({
          resourceType: "instance",
          tags: [
            { key: "Name", value: nameOf(random) },
            { key: "Büro", value: 'Zürich "Nord" / 2. Stock' },
          ],
        })),
      },
      responseElements: {
        requestId: random.uuid(),
        reservationId: `r-0${random.hex(16)}`,
        ownerId: ACCOUNT,
        groupSet: {},
        instancesSet: {
          items: [
            {
              instanceId: id,
              imageId: `ami-0${random.hex(16)}`,
              instanceState: { code: 0, name: "pending" },
              privateDnsName: `ip-10-0-${random.below(256)}-${random.below(256)}.${region}.compute.internal`,
              amiLaunchIndex: 0,
              productCodes: {},
              instanceType: "m6i.large",
              launchTime: at,
              placement: { availabilityZone: `${region}a`, tenancy: "default" },
              monitoring: { state: "disabled" },
              subnetId,
              vpcId: `vpc-0${random.hex(16)}`,
              stateReason: { code: "pending", message: "pending" },
              architecture: "x86_64",
              networkInterfaceSet: items(random, 1, () => ({
                networkInterfaceId: `eni-0${random.hex(16)}`,
                macAddress: random.hex(12).replace(/..(?!$)/g, "$&:"),
                status: "in-use",
                groupSet: items(random, 3, () => ({
                  groupId: `sg-0${random.hex(16)}`,
                  groupName: nameOf(random),
                })),
              })),
            },
          ],
        },
      },
    };
  }
  if (name === "CreateFleet") {
    return {
      requestParameters: { CreateFleetRequest: { Type: "instant", ClientToken: random.uuid() } },
      responseElements: {
        CreateFleetResponse: {
          fleetId: `fleet-${random.uuid()}`,
          // An errorCode that is not the event's own.
          errorSet: {
            item: {
              errorCode: random.pick(["UnfulfillableCapacity", "UnauthorizedOperation"]),
              lifecycle: "on-demand",
            },
          },
        },
      },
    };
  }
  const filters = {
    filterSet: items(random, 3, () => ({
      name: random.pick(["vpc-id", "tag:Name", "instance-state-name", "attachment.instance-id"]),
      valueSet: items(random, 2, () => ({
        value: random.chance(0.5) ? `vpc-0${random.hex(16)}` : nameOf(random),
      })),
    })),
  };
  if (!readOnly) {
    return {
      requestParameters: {
        instancesSet: items(random, 2, instance),
        resourcesSet: items(random, 2, () => ({ resourceId: `vol-0${random.hex(16)}` })),
      },
      responseElements: { requestId: random.uuid(), _return: true },
    };
  }
  const requestParameters = {
    maxResults: 1000,
    ...(random.chance(0.3) && { nextToken: random.base64(88) }),
    instancesSet: random.chance(0.4) ? items(random, random.chance(0.02) ? 200 : 12, instance) : {},
    ...(random.chance(0.6) ? filters : { filterSet: {} }),
  };
  return { requestParameters, responseElements: null };
};
