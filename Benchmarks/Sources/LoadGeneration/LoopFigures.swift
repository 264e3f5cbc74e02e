/// The cost of a counted loop.
public struct LoopFigures: Sendable {
    let count: Int
    /// How many runs of the operation failed.
    public let failures: Int
    let seconds: Double
    let processorMicroseconds: Double
    let median: Double
    let percentile99: Double

    /// Prints the figures, and more with them, to standard output as a line of JSON.
    public func print(_ more: [String: Double] = [:]) {
        let figures: [String: Double] = [
            "requests": Double(count),
            "failures": Double(failures),
            "rate": Double(count) / seconds,
            "cpu_us": processorMicroseconds / Double(count),
            "p50_us": median,
            "p99_us": percentile99,
        ]
        JSONLine.print(figures.merging(more) { $1 })
    }
}
