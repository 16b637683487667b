import base64
import io


def handler(event, context):
    claim = {"id": event["id"], "cents": event["cents"], "photo": None}
    if "photo" in event:
        claim["photo"] = shrink(base64.b64decode(event["photo"]))
    return {"id": claim["id"], "hasPhoto": claim["photo"] is not None}


def shrink(photo):
    from PIL import Image

    image = Image.open(io.BytesIO(photo))
    image.thumbnail((640, 640))
    small = io.BytesIO()
    image.save(small, "PNG")
    return base64.b64encode(small.getvalue()).decode()
