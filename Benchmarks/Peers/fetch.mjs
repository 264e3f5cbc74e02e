// Node's fetch, as a server app would use it. NODE_EXTRA_CA_CERTS names the authority.
import { parseArgs } from "node:util";

const userPool = "5e4cdd055df3df65dc58b97d";
const secret = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

const { values } = parseArgs({
    options: {
        port: { type: "string" },
        authority: { type: "string" },
        "in-flight": { type: "string", default: "1" },
        "warm-up": { type: "string", default: "0.3" },
        seconds: { type: "string", default: "1" },
    },
});
const inFlight = Number(values["in-flight"]);
const url = `https://127.0.0.1:${values.port}/oauth/app2wxapp/auth/${userPool}`;

const microseconds = () => performance.now() * 1000;

function processorMicroseconds() {
    const { user, system } = process.cpuUsage();
    return user + system;
}

/// First it warms up, then everything that is completed within a time counts.
class Measurement {
    created = microseconds();
    warmedUp = 0;
    failures = 0;
    latencies = [];

    /// Notes that a request is completed. Returns whether another one is wanted.
    completed(since, succeeded) {
        const now = microseconds();
        if (this.end) return false;
        if (!this.begin) {
            this.warmedUp += 1;
            if (this.warmedUp >= inFlight && now >= this.created + Number(values["warm-up"]) * 1e6) {
                this.begin = { time: now, processor: processorMicroseconds() };
            }
            return true;
        }
        if (now >= this.begin.time + Number(values.seconds) * 1e6 && this.latencies.length >= inFlight) {
            this.end = { time: now, processor: processorMicroseconds() };
            return false;
        }
        this.latencies.push(now - since);
        if (!succeeded) this.failures += 1;
        return true;
    }

    figures() {
        const latencies = this.latencies.sort((left, right) => left - right);
        const count = latencies.length;
        return {
            requests: count,
            failures: this.failures,
            rate: (count / (this.end.time - this.begin.time)) * 1e6,
            cpu_us: (this.end.processor - this.begin.processor) / count,
            p50_us: latencies[Math.ceil(0.5 * count) - 1],
            p99_us: latencies[Math.ceil(0.99 * count) - 1],
            peak_kib: process.resourceUsage().maxRSS,
        };
    }
}

async function exchange(number) {
    const ticket = `ticket-${String(number).padStart(20, "0")}`;
    try {
        const response = await fetch(url, {
            method: "POST",
            headers: { "Content-Type": "application/json", Accept: "application/json" },
            body: JSON.stringify({ secret, ticket }),
        });
        return response.status === 200 && (await response.text()).length > 0;
    } catch {
        return false;
    }
}

async function work(worker, measurement) {
    for (let number = worker, isWanted = true; isWanted; number += inFlight) {
        const began = microseconds();
        isWanted = measurement.completed(began, await exchange(number));
    }
}

const measurement = new Measurement();
await Promise.all(Array.from({ length: inFlight }, (_, worker) => work(worker, measurement)));
console.log(JSON.stringify(measurement.figures()));
process.exit(0);
