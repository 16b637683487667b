import json
import uuid
from decimal import Decimal

import boto3

table = boto3.resource("dynamodb").Table("orders")


def answer(status, body, **headers):
    return {"statusCode": status, "headers": {"content-type": "application/json", **headers}, "body": json.dumps(body)}


def handler(event, context):
    if event["requestContext"]["http"]["method"] != "POST":
        return answer(405, {"error": "send a POST"}, allow="POST")
    try:
        order = json.loads(event.get("body") or "", parse_float=Decimal)
        item, total = order["item"], Decimal(order["total"])
    except (ValueError, ArithmeticError, KeyError, TypeError):
        return answer(400, {"error": "item and total are needed"})
    if total <= 0:
        return answer(400, {"error": "total must be above zero"})
    order_id = str(uuid.uuid4())
    table.put_item(Item={"id": order_id, "item": item, "total": total})
    return answer(201, {"id": order_id})
