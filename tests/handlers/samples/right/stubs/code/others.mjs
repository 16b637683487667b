import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

export const handler = async (event, context) => {
  await new SFNClient().send(new StartExecutionCommand({ stateMachineArn: "m", input: "{}" }));
  const { Payload } = await new LambdaClient().send(new InvokeCommand({ FunctionName: "f" }));
  await new EventBridgeClient().send(new PutEventsCommand({ Entries: [] }));
  await new KinesisClient().send(new PutRecordCommand({ StreamName: "s", PartitionKey: "p", Data: Payload }));
  const { SecretString } = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: "s" }));
  const { Parameter } = await new SSMClient().send(new GetParameterCommand({ Name: "p" }));
  await new CloudWatchClient().send(new PutMetricDataCommand({ Namespace: "n", MetricData: [] }));
  return { ...JSON.parse(Payload.transformToString()), secret: SecretString, parameter: Parameter.Value };
};
