import NIOCore

/// How many bytes of requests that are not complete yet are kept, on all connections.
///
/// There are never more than the limit: those that have been incomplete longest are given up. A request that is sent in one
/// go is never among them, so slow ones cost nobody but each other.
struct IncompleteRequests: Sendable {
    typealias Number = UInt64

    private let limit: Int
    private var sizes: [Number: Int] = [:]
    /// In the order in which they began; those that are complete stay until they are passed over.
    private var order = CircularBuffer<Number>()
    private var lastNumber: Number = 0
    /// How many bytes are kept.
    private(set) var bytes = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// How many requests there are.
    var count: Int { sizes.count }

    /// A request has begun and is not complete yet.
    mutating func begin() -> Number {
        lastNumber += 1
        sizes[lastNumber] = 0
        // The complete ones must not outgrow the others.
        if order.count > 2 * sizes.count + 64 { order = CircularBuffer(order.filter { sizes[$0] != nil }) }
        order.append(lastNumber)
        return lastNumber
    }

    /// So many bytes of a request have come by now.
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

    /// A request is complete, or its connection is gone.
    mutating func end(_ number: Number) {
        bytes -= sizes.removeValue(forKey: number) ?? 0
    }
}
