import { formElements, xmlElements } from "../../../../lab/gateway/trail/elements";
import { findElement, parseXml } from "../../../../lab/gateway/xml";

test("a form: names in lower case, lists, numbers, booleans", () => {
  const form = {
    Version: "2010-05-08",
    RoleName: "app",
    MaxSessionDuration: "3600",
    PasswordResetRequired: "false",
    "Tags.member.2.Key": "b",
    "Tags.member.1.Key": "a",
    "Tags.member.1.Value": "1",
  };
  expect(formElements(form)).toEqual({
    roleName: "app",
    maxSessionDuration: 3600,
    passwordResetRequired: false,
    tags: [{ key: "a", value: "1" }, { key: "b" }],
  });
});

test("a form with nothing in it is null", () => {
  expect(formElements({ Version: "2010-05-08" })).toBeNull();
});

test.each(["Password", "NewPassword", "OldPassword", "PrivateKey", "TokenCode"])("%s is left out", (name) => {
  expect(formElements({ [name]: "secret", UserName: "u" })).toEqual({ userName: "u" });
});

test("a name that is part of every object is data", () => {
  const elements = formElements({ "__proto__.x": "1", constructor: "2" });
  expect(Object.getOwnPropertyNames(elements)).toContain("constructor");
  expect(Object.prototype).not.toHaveProperty("x");
});

function elements(xml: string, service = "iam"): object | null {
  return xmlElements(findElement(parseXml(xml), "Result"), service);
}

test("an answer: secrets out, session tokens in, times written out as each service does", () => {
  const key = "<AccessKey><AccessKeyId>AKIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>";
  const date = "<CreateDate>2023-07-10T00:03:05.1234Z</CreateDate></AccessKey>";
  expect(elements(`<R><Result>${key}${date}</Result></R>`)).toEqual({
    accessKey: { accessKeyId: "AKIA", createDate: "Jul 10, 2023 12:03:05 AM" },
  });
  const credentials =
    "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2023-07-10T13:03:05Z</Expiration>";
  expect(elements(`<R><Result><Credentials>${credentials}</Credentials></Result></R>`, "sts")).toEqual({
    credentials: { sessionToken: "t", expiration: "Jul 10, 2023, 1:03:05 PM" },
  });
});

test("an answer with nothing in it is null", () => {
  expect(elements("<R><Result/></R>")).toBeNull();
  expect(elements("<R></R>")).toBeNull();
});
