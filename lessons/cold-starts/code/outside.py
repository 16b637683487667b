import io
import os
from urllib.parse import unquote_plus

import boto3
from PIL import Image

s3 = boto3.client("s3")


def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = unquote_plus(record["s3"]["object"]["key"])
        picture = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        small, kind = shrink(picture)
        s3.put_object(Bucket=os.environ["THUMBNAILS"], Key=key, Body=small, ContentType=kind)


def shrink(picture):
    image = Image.open(io.BytesIO(picture))
    image.thumbnail((160, 160))
    form = "JPEG" if image.mode in ("RGB", "L", "CMYK") else "PNG"
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue(), f"image/{form.lower()}"
