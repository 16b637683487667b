import json
import os

import boto3

dynamodb = boto3.client("dynamodb")


def handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            order = json.loads(record["body"])
            item = {"id": {"S": order["id"]}, "cents": {"N": str(order["cents"])}}
            dynamodb.put_item(TableName=os.environ["TABLE"], Item=item)
        except Exception as error:
            print("failed:", record["messageId"], error)
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
