import NIOCore
import NIOHTTP1

/// A request that has not been read to its end.
struct IncomingRequest {
    let head: HTTPRequestHead
    private(set) var body = ByteBuffer()
    /// Its number among those that are kept incomplete.
    var number: IncompleteRequests.Number?

    init(_ head: HTTPRequestHead) {
        self.head = head
    }

    /// A part of the body has come.
    mutating func append(_ part: ByteBuffer) {
        // The first one is kept as it is: nearly always it is the only one.
        guard body.readableBytes > 0 else { return body = part }
        var part = part
        body.writeBuffer(&part)
    }

    /// Keeps no more memory than the body needs. A part is a piece of what was read from the socket, and keeps all of that.
    mutating func compact() {
        body = ByteBuffer(bytes: body.readableBytesView)
    }

    /// About how many bytes the request takes.
    var size: Int {
        head.headers.reduce(head.uri.utf8.count + body.readableBytes) { size, field in
            size + field.name.utf8.count + field.value.utf8.count
        }
    }
}
