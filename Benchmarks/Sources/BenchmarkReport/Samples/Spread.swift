/// The median of what was measured in several rounds, and how far they were apart.
struct Spread {
    let median: Double
    let least: Double
    let greatest: Double

    /// Nil where there is nothing.
    init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let middle = sorted.count / 2
        median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        least = first
        greatest = last
    }
}
