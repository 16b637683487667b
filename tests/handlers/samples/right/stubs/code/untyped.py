import boto3

db = boto3.client("dynamodb")


def handler(event, context):
    db.put_item(TableName="orders", Item={"id": {"S": event["id"]}, "total": {"N": event["total"]}})
