"""Python's aiohttp, as a server app would use it."""

import argparse
import asyncio
import json
import math
import resource
import ssl
import time

import aiohttp

USER_POOL = "5e4cdd055df3df65dc58b97d"
SECRET = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


class Measurement:
    """After a warm-up, everything that completes within a period counts."""

    def __init__(self, options):
        self.options = options
        self.created = time.monotonic()
        self.warmed_up = self.failures = 0
        self.latencies = []
        self.began = None
        self.ended = None

    def completed(self, since, succeeded):
        """Records that a request completed. Returns whether to send another."""
        now = time.monotonic()
        if self.ended:
            return False
        if not self.began:
            self.warmed_up += 1
            if self.warmed_up >= self.options.in_flight and now >= self.created + self.options.warm_up:
                self.began = (now, processor_seconds())
            return True
        if now >= self.began[0] + self.options.seconds and len(self.latencies) >= self.options.in_flight:
            self.ended = (now, processor_seconds())
            return False
        self.latencies.append(now - since)
        self.failures += not succeeded
        return True

    def figures(self):
        seconds, processor = (end - begin for begin, end in zip(self.began, self.ended))
        latencies = sorted(self.latencies)
        count = len(latencies)
        return {
            "requests": count,
            "failures": self.failures,
            "rate": count / seconds,
            "cpu_us": processor / count * 1e6,
            "p50_us": latencies[math.ceil(0.50 * count) - 1] * 1e6,
            "p99_us": latencies[math.ceil(0.99 * count) - 1] * 1e6,
            "peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        }


async def work(worker, options, session, measurement):
    url = f"https://127.0.0.1:{options.port}/oauth/app2wxapp/auth/{USER_POOL}"
    number, is_wanted = worker, True
    while is_wanted:
        began = time.monotonic()
        body = {"secret": SECRET, "ticket": f"ticket-{number:020}"}
        try:
            async with session.post(url, json=body, headers={"Accept": "application/json"}) as response:
                succeeded = response.status == 200 and bool(await response.read())
        except aiohttp.ClientError:
            succeeded = False
        is_wanted = measurement.completed(began, succeeded)
        number += options.in_flight


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--authority", required=True)
    parser.add_argument("--in-flight", type=int, default=1)
    parser.add_argument("--warm-up", type=float, default=0.3)
    parser.add_argument("--seconds", type=float, default=1)
    options = parser.parse_args()
    connector = aiohttp.TCPConnector(limit=0, ssl=ssl.create_default_context(cafile=options.authority))
    measurement = Measurement(options)
    async with aiohttp.ClientSession(connector=connector) as session:
        workers = (work(worker, options, session, measurement) for worker in range(options.in_flight))
        await asyncio.gather(*workers)
    print(json.dumps(measurement.figures()))


asyncio.run(main())
