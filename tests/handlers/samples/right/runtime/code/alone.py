import os
import urllib.request


def handler(event, context):
    try:
        urllib.request.urlopen("http://127.0.0.1:9/")
        reached = True
    except OSError as error:
        reached = "without a network" not in str(error)
    return {"reached": reached, "home": "HOME" in os.environ}
