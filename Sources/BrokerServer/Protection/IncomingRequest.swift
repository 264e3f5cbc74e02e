import NIOCore
import NIOHTTP1

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
