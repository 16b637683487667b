"""A minimal pool of execution environments in SimPy, written as its own documentation would: one process that sends requests,
one process per request. It does what the bare pool of the simulator does and no more: Poisson arrivals, exponential service,
most recently used reuse, constant idle life (the stack's bottom is retired at the next arrival: no event per expiry), a
concurrency limit, counters, the integral of busy environments, and a latency histogram.

usage: simpy_pool.py CONCURRENCY REQUESTS [SEED]      prints one line of JSON
"""

import json
import random
import resource
import sys
import time
from collections import deque
from math import frexp

import simpy

MEAN_SERVICE_S = 1.0
IDLE_LIFE_S = 600.0
BUCKETS_PER_DOUBLING = 512


class Pool:
    """The idle environments, oldest first, as the times since which they idle; and what is counted."""

    __slots__ = ("limit", "idle", "busy", "cold", "warm", "throttled", "busy_s", "changed_s", "histogram")

    def __init__(self, limit):
        self.limit = limit
        self.idle = deque()
        self.busy = self.cold = self.warm = self.throttled = 0
        self.busy_s = self.changed_s = 0.0
        self.histogram = {}


def request(env, pool, service_s):
    """One request: the environment used last, or a new one; run; give it back."""
    idle, now = pool.idle, env.now
    while idle and now - idle[0] > IDLE_LIFE_S:
        idle.popleft()
    if pool.busy >= pool.limit:
        pool.throttled += 1
        return
    if idle:
        idle.pop()
        pool.warm += 1
    else:
        pool.cold += 1
    pool.busy_s += pool.busy * (now - pool.changed_s)
    pool.changed_s = now
    pool.busy += 1

    yield env.timeout(service_s)

    now = env.now
    pool.busy_s += pool.busy * (now - pool.changed_s)
    pool.changed_s = now
    pool.busy -= 1
    idle.append(now)
    fraction, exponent = frexp(service_s)
    bucket = (exponent, int(fraction * 2 * BUCKETS_PER_DOUBLING))
    pool.histogram[bucket] = pool.histogram.get(bucket, 0) + 1


def source(env, pool, per_s, requests, rng):
    """Poisson arrivals."""
    expovariate, process, timeout = rng.expovariate, env.process, env.timeout
    service_rate = 1.0 / MEAN_SERVICE_S
    for _ in range(requests):
        yield timeout(expovariate(per_s))
        process(request(env, pool, expovariate(service_rate)))


def main():
    concurrency, requests = float(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    env, pool = simpy.Environment(), Pool(limit=100_000)
    env.process(source(env, pool, concurrency / MEAN_SERVICE_S, requests, rng))
    started, cpu_started = time.perf_counter(), time.process_time()
    env.run()
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    print(json.dumps({
        "requests": pool.cold + pool.warm + pool.throttled,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_rss_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "cold": pool.cold,
        "mean_running": pool.busy_s / env.now,
        "version": simpy.__version__,
    }))


if __name__ == "__main__":
    main()
