import type { AccountGuardrail } from "./guardrail";

export const wrongAccount: AccountGuardrail = {
  code: "guardrail-wrong-account",
  summary: "The credentials must be those of the account and the partition that the stack names.",
  check({ caller }, account) {
    const partition = caller.arn.split(":")[1];
    if (caller.accountId === account.id && partition === account.partition) return undefined;
    return {
      message: `the stack is for account ${account.id} in partition ${account.partition}, but the caller is ${caller.arn}`,
      hint: "use credentials of that account, or correct cordon:accountId, aws:allowedAccountIds and aws:region",
    };
  },
};
