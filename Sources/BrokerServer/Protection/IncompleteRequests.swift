import NIOCore
import NIOHTTP1

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

/// A request that has not been read completely.
struct IncomingRequest {
    let head: HTTPRequestHead
    private(set) var body = ByteBuffer()
    /// Its number among the incomplete requests.
    var number: IncompleteRequests.Number?

    init(_ head: HTTPRequestHead) {
        self.head = head
    }

    /// Appends a part of the body.
    mutating func append(_ part: ByteBuffer) {
        // Keep the first part as is: it is nearly always the only one.
        guard body.readableBytes > 0 else { return body = part }
        var part = part
        body.writeBuffer(&part)
    }

    /// Reduces memory to what the body needs. A part is a slice of what was read from the socket, and retains all of
    /// that.
    mutating func compact() {
        body = ByteBuffer(bytes: body.readableBytesView)
    }

    /// The approximate size of the request in bytes.
    var size: Int {
        head.headers.reduce(head.uri.utf8.count + body.readableBytes) { size, field in
            size + field.name.utf8.count + field.value.utf8.count
        }
    }
}
