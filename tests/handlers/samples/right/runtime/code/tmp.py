import os
import tempfile

before = len(os.listdir("/tmp"))
LOG = "/tmp/log.txt"


def handler(event, context):
    with open(LOG, "a") as log:
        log.write(event["name"] + "\n")
    with open(f"/tmp/log.txt") as log:
        lines = len(log.readlines())
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = folder != "/tmp" and os.path.dirname(folder) == os.path.dirname(LOG)
    return {"before": before, "lines": lines, "elsewhere": elsewhere}
