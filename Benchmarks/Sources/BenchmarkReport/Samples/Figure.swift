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
}
