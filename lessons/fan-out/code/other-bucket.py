import json
import os
from urllib.parse import unquote_plus

import boto3

s3 = boto3.client("s3")
NOTES = os.environ["NOTES"]


def handler(event, context):
    for record in event["Records"]:
        if record["s3"]["bucket"]["name"] == NOTES:
            raise RuntimeError("called by its own bucket of notes")
        upload = record["s3"]["object"]
        note = {"key": unquote_plus(upload["key"]), "size": upload["size"]}
        s3.put_object(Bucket=NOTES, Key=f"{note['key']}.json", Body=json.dumps(note))
