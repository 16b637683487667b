import json
import os

import boto3

dynamodb = boto3.client("dynamodb")


def handler(event, context):
    for record in event["Records"]:
        order = json.loads(record["body"])
        item = {"id": {"S": order["id"]}, "cents": {"N": str(order["cents"])}}
        dynamodb.put_item(TableName=os.environ["TABLE"], Item=item)
