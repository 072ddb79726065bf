/** The release of @pulumi/aws that the lab's provider stands in for: the one in package.json, whose SDK asks for it. */
export const PROVIDER_VERSION = "7.48.0";
