import Measurement

/// The number of this process's memory allocations.
enum Allocations {
    /// The count as a figure; empty if the allocation counter is not loaded.
    static var figures: [String: Double] {
        var count: UInt64 = 0
        return usage_allocations(&count) ? ["allocations": Double(count)] : [:]
    }
}
