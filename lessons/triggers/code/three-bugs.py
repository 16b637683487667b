import json

import boto3

table = boto3.resource("dynamodb").Table("orders")


def answer(status, body):
    return {"statusCode": status, "body": json.dumps(body)}


def handler(event, context):
    if event["requestContext"]["http"]["method"] != "POST":
        return answer(405, {"error": "send a POST"})
    try:
        order = json.loads(event["body"])
        if order["total"] <= 0:
            raise ValueError("total must be above zero")
        row = {"id": event["headers"]["idempotency-key"], "item": order["item"], "total": order["total"]}
        table.put_item(Item=row, ConditionExpression="attribute_not_exists(id)")
    except ValidationError as problem:
        return answer(400, {"error": str(problem)})
    return answer(201, {"id": row["id"]})
