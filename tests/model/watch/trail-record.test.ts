import fc from "fast-check";
import { readTrailRecord } from "../../../src/model/watch/trail-record";
import { trailMessage } from "../../support/trail-records";

test("the caller, and the user or role behind the credentials", () => {
  const role = readTrailRecord(trailMessage({ eventName: "DeleteRole", role: "web" }));
  expect(role).toMatchObject({
    call: "iam:DeleteRole",
    time: "2026-11-24T02:10:00Z",
    by: "arn:aws:sts::123456789012:assumed-role/web/s",
    actor: { kind: "role", name: "web" },
    accessKeyId: "ASIAEVE",
    sourceIPAddress: "203.0.113.7",
    userAgent: "aws-cli/2",
    parameters: {},
  });
  const identity = (userIdentity: object) => readTrailRecord(trailMessage({ eventName: "X", userIdentity }));
  expect(identity({ type: "IAMUser", userName: "ann" })?.actor).toEqual({ kind: "user", name: "ann" });
  const sessionContext = { sessionIssuer: { type: "IAMUser", userName: "ann" } };
  expect(identity({ type: "FederatedUser", arn: "arn:f", sessionContext })).toMatchObject({
    actor: { kind: "user", name: "ann" },
    by: "arn:f",
  });
  expect(identity({ type: "Root", arn: "arn:aws:iam::1:root", userName: "x" })?.actor).toBeUndefined();
  expect(identity({ type: "AWSService", invokedBy: "ec2.amazonaws.com" })?.by).toBe("ec2.amazonaws.com");
});

test("what is no record is none, whatever it is", () => {
  for (const text of ["", "{", "null", "[]", '"x"', '{"eventID":7}', "{}"])
    expect(readTrailRecord(text)).toBeUndefined();
  fc.assert(
    fc.property(fc.json(), fc.jsonValue(), (json, value) => {
      readTrailRecord(json);
      const message = trailMessage({
        eventName: "DeleteUser",
        userIdentity: value,
        requestParameters: value,
      });
      expect(readTrailRecord(message)?.call).toBe("iam:DeleteUser");
    }),
  );
});
