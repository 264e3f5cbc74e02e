import NIOCore

/// The bytes kept for incomplete requests, on all connections.
///
/// They never exceed the limit: the requests that have been incomplete longest are given up. A request sent all at once
/// is never among them, so slow requests harm only each other.
struct IncompleteRequests: Sendable {
    typealias Number = UInt64

    private let limit: Int
    private var sizes: [Number: Int] = [:]
    /// In order of their beginning; completed ones stay until they are reached.
    private var order = CircularBuffer<Number>()
    private var lastNumber: Number = 0
    /// The number of bytes kept.
    private(set) var bytes = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// The number of requests.
    var count: Int { sizes.count }

    /// Records a new incomplete request.
    mutating func begin() -> Number {
        lastNumber += 1
        sizes[lastNumber] = 0
        // Completed entries must not outnumber the others.
        if order.count > 2 * sizes.count + 64 { order = CircularBuffer(order.filter { sizes[$0] != nil }) }
        order.append(lastNumber)
        return lastNumber
    }

    /// Records how many bytes of a request have arrived.
    ///
    /// - Returns: The requests to give up. They no longer count.
    mutating func resize(_ number: Number, to size: Int) -> [Number] {
        guard let old = sizes[number] else { return [] }
        sizes[number] = size
        bytes += size - old
        var givenUp: [Number] = []
        while bytes > limit, let oldest = order.popFirst() {
            guard sizes[oldest] != nil else { continue }
            end(oldest)
            givenUp.append(oldest)
        }
        return givenUp
    }

    /// Records that a request is complete, or its connection gone.
    mutating func end(_ number: Number) {
        bytes -= sizes.removeValue(forKey: number) ?? 0
    }
}
