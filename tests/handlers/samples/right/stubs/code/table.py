from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key

table = boto3.resource("dynamodb").Table("orders")


def handler(event, context):
    item = table.get_item(Key={"id": event["id"]})["Item"]
    clean = isinstance(item["total"], Decimal)
    table.put_item(Item={"id": event["id"], "total": item["total"], "names": {"a"}}, ConditionExpression="attribute_not_exists(id)")
    table.query(KeyConditionExpression=Key("id").eq("k-1") & Key("at").gt(3), FilterExpression=~Attr("gone").exists())
    with table.batch_writer() as batch:
        for part in item["parts"]:
            batch.put_item(Item={"id": f"part-{part}"})
    return {**item, "clean": clean}
