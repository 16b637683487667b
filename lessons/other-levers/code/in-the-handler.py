import base64
import io


def handler(event, context):
    from PIL import Image

    claim = {"id": event["id"], "cents": event["cents"], "photo": None}
    if "photo" in event:
        image = Image.open(io.BytesIO(base64.b64decode(event["photo"])))
        image.thumbnail((640, 640))
        small = io.BytesIO()
        image.save(small, "PNG")
        claim["photo"] = base64.b64encode(small.getvalue()).decode()
    return {"id": claim["id"], "hasPhoto": claim["photo"] is not None}
