import json

import boto3


def handler(event, context):
    boto3.client("stepfunctions").start_execution(stateMachineArn="m", input="{}")
    answer = json.load(boto3.client("lambda").invoke(FunctionName="f")["Payload"])
    boto3.client("events").put_events(Entries=[])
    boto3.client("kinesis").put_record(StreamName="s", PartitionKey="p", Data=b"")
    secret = boto3.client("secretsmanager").get_secret_value(SecretId="s")["SecretString"]
    parameter = boto3.client("ssm").get_parameter(Name="p")["Parameter"]["Value"]
    boto3.client("cloudwatch").put_metric_data(Namespace="n", MetricData=[])
    return {**answer, "secret": secret, "parameter": parameter}
