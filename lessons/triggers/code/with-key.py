import json
from decimal import Decimal

import boto3
from botocore.exceptions import ClientError

table = boto3.resource("dynamodb").Table("orders")


def answer(status, body, **headers):
    return {"statusCode": status, "headers": {"content-type": "application/json", **headers}, "body": json.dumps(body)}


def handler(event, context):
    if event["requestContext"]["http"]["method"] != "POST":
        return answer(405, {"error": "send a POST"}, allow="POST")
    try:
        order_id = event["headers"]["idempotency-key"]
        order = json.loads(event.get("body") or "", parse_float=Decimal)
        item, total = order["item"], Decimal(order["total"])
    except (ValueError, ArithmeticError, KeyError, TypeError):
        return answer(400, {"error": "a key, item and total are needed"})
    if total <= 0:
        return answer(400, {"error": "total must be above zero"})
    try:
        row = {"id": order_id, "item": item, "total": total}
        table.put_item(Item=row, ConditionExpression="attribute_not_exists(id)")
    except ClientError as problem:
        if problem.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
    return answer(201, {"id": order_id})
