import io

import boto3
from PIL import Image

s3 = boto3.client("s3")


def handler(event, context):
    image = Image.open(io.BytesIO(s3.get_object(Bucket="b", Key="k")["Body"].read()))
    image.thumbnail((150, 150))
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG")
    image.save(out, "JPEG")
    return {"width": image.width, "height": image.height, "transparent": image.mode == "RGBA"}
