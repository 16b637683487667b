import io
import os

import boto3
from PIL import Image

s3 = boto3.client("s3")


def handler(event, context):
    try:
        for record in event["Records"]:
            bucket = record["s3"]["bucket"]["name"]
            key = record["s3"]["object"]["key"]
            picture = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
            image = Image.open(io.BytesIO(picture))
            image.thumbnail((160, 160))
            out = io.BytesIO()
            image.save(out, "JPEG")
            s3.put_object(Bucket=os.environ["THUMBNAILS"], Key=key, Body=out.getvalue(), ContentType="image/jpeg")
    except Exception as error:
        print(f"no thumbnail: {error}")
        return {"statusCode": 500}
    return {"statusCode": 200}
