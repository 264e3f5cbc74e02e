/// The figures of a sample, under their names on the wire.
enum Figure: String {
    case rate
    case processor = "cpu_us"
    case median = "p50_us"
    case percentile99 = "p99_us"
    case peak = "peak_kib"
    case allocations
    case failures
    case logins
    case resident = "resident_kib"
    case wall = "wall_ms"
    /// Requests started per second, whether answered or not.
    case offered
    /// Requests answered with 503 and Retry-After.
    case refused
    case refusalPercentile99 = "refusal_p99_us"
    /// Requests that got neither tokens in time nor a refusal with Retry-After.
    case lost
    /// The number of cores that the service kept busy.
    case cores
    case ready = "ready_ms"
    case idleProcessor = "idle_cpu_ms"
    case stop = "stop_ms"
}
