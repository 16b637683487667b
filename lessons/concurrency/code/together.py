import os
from concurrent.futures import ThreadPoolExecutor

import boto3

dynamodb = boto3.client("dynamodb")
pool = ThreadPoolExecutor(max_workers=2)


def look_up(table, key):
    answer = dynamodb.get_item(TableName=os.environ[table], Key={"id": {"S": key}})
    return answer.get("Item", {})


def handler(event, context):
    seat = pool.submit(look_up, "SEATS", event["seat"])
    price = pool.submit(look_up, "PRICES", event["category"])
    return {
        "free": seat.result().get("state", {}).get("S") == "free",
        "cents": int(price.result().get("cents", {}).get("N", "0")),
    }
