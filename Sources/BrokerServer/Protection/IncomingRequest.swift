import HTTPTypes
import NIOCore

/// A request that has not been read to its end.
struct IncomingRequest {
    let head: HTTPRequest
    private(set) var body = ByteBuffer()
    /// Its number among those that are kept incomplete.
    var number: IncompleteRequests.Number?

    init(_ head: HTTPRequest) {
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
        head.headerFields.reduce((head.path?.utf8.count ?? 0) + body.readableBytes) { size, field in
            size + field.name.rawName.utf8.count + field.value.utf8.count
        }
    }
}
