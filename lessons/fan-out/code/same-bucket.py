import json
from urllib.parse import unquote_plus

import boto3

s3 = boto3.client("s3")


def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        upload = record["s3"]["object"]
        note = {"key": unquote_plus(upload["key"]), "size": upload["size"]}
        s3.put_object(Bucket=bucket, Key=f"notes/{note['key']}.json", Body=json.dumps(note))
