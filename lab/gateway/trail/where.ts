/** Where the trail's log group is. */
export const HOME_REGION = "us-east-1";
/** The log group that AWS's console proposes for a trail. */
export const TRAIL_LOG_GROUP = "CloudTrail/DefaultLogGroup";
