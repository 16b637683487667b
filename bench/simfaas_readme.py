"""SimFaaS 0.2.2 on the example of its own README: 0.9 requests/s, warm mean 1.991 s, cold mean 2.244 s, expiry 600 s.

usage: simfaas_readme.py DURATION_S [SEED]      prints one line of JSON
"""

import json
import resource
import sys
import time
from importlib.metadata import version

import numpy

from simfaas.ServerlessSimulator import ServerlessSimulator


def main():
    duration_s = float(sys.argv[1])
    numpy.random.seed(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    sim = ServerlessSimulator(
        arrival_rate=0.9,
        warm_service_rate=1 / 1.991,
        cold_service_rate=1 / 2.244,
        expiration_threshold=600,
        max_time=duration_s,
    )
    started, cpu_started = time.perf_counter(), time.process_time()
    sim.generate_trace(debug_print=False, progress=False)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    print(json.dumps({
        "requests": sim.total_req_count,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_rss_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "cold": sim.total_cold_count,
        "version": version("simfaas"),
    }))


if __name__ == "__main__":
    main()
