import { Weighted } from "./random";

/** An operation of an AWS service, as a record names it. */
export interface Call {
  /** `ec2`: the record's `eventSource` is `ec2.amazonaws.com`. */
  service: string;
  name: string;
  /** Whether the record says `readOnly`. */
  readOnly: boolean;
}

/** How many of a hundred calls are of these: machines that poll, decrypt and assume roles make most of a trail. */
const FREQUENT: readonly [service: string, name: string, share: number][] = [
  ["sts", "AssumeRole", 13],
  ["kms", "Decrypt", 11],
  ["ec2", "DescribeInstances", 6],
  ["s3", "GetBucketAcl", 5],
  ["kms", "GenerateDataKey", 5],
  ["logs", "CreateLogStream", 5],
  ["ssm", "UpdateInstanceInformation", 4.5],
  ["elasticloadbalancing", "DescribeTargetHealth", 3.5],
  ["ec2", "DescribeNetworkInterfaces", 3],
  ["ec2", "DescribeTags", 2.5],
  ["autoscaling", "DescribeAutoScalingGroups", 2.5],
  ["ec2", "DescribeVolumes", 2],
  ["secretsmanager", "GetSecretValue", 2],
  ["lambda", "ListTags20170331", 2],
  ["monitoring", "DescribeAlarms", 2],
  ["ssm", "GetParameter", 1.5],
  ["iam", "GetRole", 1.5],
  ["ec2", "DescribeSecurityGroups", 1.5],
  ["dynamodb", "DescribeTable", 1.5],
  ["sts", "GetCallerIdentity", 1],
  ["ecr", "BatchGetImage", 1],
  ["ecs", "DescribeTasks", 1],
  ["iam", "ListAttachedRolePolicies", 1],
  ["iam", "GetPolicyVersion", 1],
  ["config", "PutEvaluations", 0.3],
];

/** The long tail: the earlier a call stands, the more frequent it is. */
const RARE = `
s3 GetBucketPolicy ListBuckets GetBucketEncryption GetBucketTagging GetBucketPublicAccessBlock GetBucketVersioning GetBucketLocation
ec2 DescribeSubnets DescribeVpcs DescribeImages DescribeSnapshots DescribeRouteTables DescribeInstanceStatus DescribeRegions
cloudformation DescribeStacks DescribeStackEvents ListStacks
rds DescribeDBInstances DescribeDBClusters DescribeDBSnapshots
tagging GetResources
config DescribeConfigRules
ecs DescribeServices ListTasks RegisterTaskDefinition UpdateService RunTask DescribeClusters
elasticloadbalancing DescribeLoadBalancers DescribeListeners RegisterTargets DeregisterTargets
sqs ListQueues GetQueueAttributes CreateQueue
logs DescribeLogGroups DescribeLogStreams PutMetricFilter StartQuery CreateLogGroup PutRetentionPolicy
iam GetUser ListRoles ListUsers ListAccessKeys GetAccessKeyLastUsed ListRolePolicies GetRolePolicy GetInstanceProfile ListPolicies GetAccountSummary ListMFADevices GenerateCredentialReport GetCredentialReport
ec2 RunInstances TerminateInstances CreateTags CreateNetworkInterface DeleteNetworkInterface AttachVolume CreateVolume DeleteVolume CreateSnapshot DeleteSnapshot CreateFleet DescribeAddresses DescribeNatGateways DescribeVpcEndpoints DescribeKeyPairs DescribeLaunchTemplateVersions
autoscaling DescribeScalingActivities SetDesiredCapacity TerminateInstanceInAutoScalingGroup DescribeLifecycleHooks
lambda GetFunction20150331v2 ListFunctions20150331 UpdateFunctionCode20150331v2 CreateFunction20150331 AddPermission20150331v2 GetPolicy20150331v2 PublishVersion20150331
ssm DescribeInstanceInformation GetParametersByPath PutParameter SendCommand StartSession ListAssociations PutInventory DescribeParameters
secretsmanager ListSecrets DescribeSecret PutSecretValue CreateSecret DeleteSecret GetResourcePolicy
kms DescribeKey ListAliases Encrypt CreateGrant RetireGrant GetKeyRotationStatus ListKeys ScheduleKeyDeletion DisableKey
dynamodb ListTables DescribeTimeToLive DescribeContinuousBackups CreateTable UpdateTable
eks DescribeCluster ListClusters DescribeNodegroup ListNodegroups
ecr GetAuthorizationToken DescribeRepositories DescribeImages PutImage
route53 ListHostedZones ChangeResourceRecordSets ListResourceRecordSets GetChange
acm ListCertificates DescribeCertificate
sns ListTopics GetTopicAttributes Subscribe CreateTopic
cloudtrail LookupEvents DescribeTrails GetTrailStatus GetEventSelectors StopLogging UpdateTrail DeleteTrail
guardduty ListDetectors GetFindings ListFindings UpdateDetector
organizations DescribeOrganization ListAccounts LeaveOrganization
monitoring PutMetricAlarm DescribeAlarmsForMetric
events PutRule PutTargets ListRules
cloudfront ListDistributions GetDistribution CreateInvalidation
signin ConsoleLogin CheckMfa
access-analyzer ListFindings ValidatePolicy
ce GetCostAndUsage
health DescribeEventAggregates
support DescribeTrustedAdvisorChecks
backup StartBackupJob ListBackupJobs
elasticache DescribeCacheClusters
redshift DescribeClusters
glue GetTables GetDatabases StartJobRun
athena StartQueryExecution GetQueryExecution
states StartExecution DescribeExecution
sts GetSessionToken GetFederationToken AssumeRoleWithSAML AssumeRoleWithWebIdentity
s3 PutBucketPolicy DeleteBucketPolicy CreateBucket DeleteBucket PutBucketPublicAccessBlock PutBucketLifecycle PutBucketVersioning
rds ModifyDBInstance CreateDBSnapshot ModifyDBSnapshotAttribute
ec2 AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress CreateSecurityGroup ModifySnapshotAttribute ModifyImageAttribute GetPasswordData CreateKeyPair ModifyInstanceAttribute GetConsoleOutput
iam CreateUser CreateAccessKey UpdateAccessKey DeleteAccessKey AttachUserPolicy PutUserPolicy CreateLoginProfile UpdateLoginProfile CreateRole PutRolePolicy AttachRolePolicy UpdateAssumeRolePolicy CreatePolicyVersion AddUserToGroup DeactivateMFADevice DeleteUser
`;

/** What a call of a name that begins otherwise does is change something, but for a few. */
const READS =
  /^(?:Batch)?(?:Describe|Get|List|Lookup|Check|Validate)|^(?:Decrypt|GenerateDataKey|Encrypt|AssumeRole.*|StartQuery|GenerateCredentialReport)$/;

function call(service: string, name: string): Call {
  return { service, name, readOnly: READS.test(name) };
}

/** All calls of the corpus, by how often they are made. */
export const CALLS = new Weighted<Call>([
  ...FREQUENT.map(([service, name, share]) => [call(service, name), share] as const),
  ...RARE.trim()
    .split("\n")
    .flatMap((line) => {
      const [service = "", ...names] = line.split(" ");
      return names.map((name) => call(service, name));
    })
    .map((rare, rank) => [rare, 9 / (rank + 12)] as const),
]);
