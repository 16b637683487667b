import os

import boto3

dynamodb = boto3.client("dynamodb")


def look_up(table, key):
    answer = dynamodb.get_item(TableName=os.environ[table], Key={"id": {"S": key}})
    return answer.get("Item", {})


def handler(event, context):
    seat = look_up("SEATS", event["seat"])
    price = look_up("PRICES", event["category"])
    return {
        "free": seat.get("state", {}).get("S") == "free",
        "cents": int(price.get("cents", {}).get("N", "0")),
    }
