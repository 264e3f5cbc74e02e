import Measurement

/// How often this process has allocated memory.
enum Allocations {
    /// The count as a figure; none where nobody counts.
    static var figures: [String: Double] {
        var count: UInt64 = 0
        return usage_allocations(&count) ? ["allocations": Double(count)] : [:]
    }
}
