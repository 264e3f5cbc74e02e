/// A whole request as the server received it.
public struct ReceivedRequest: Sendable, Hashable {
    /// The connection it came over; the first one accepted is 1.
    public let connection: Int

    /// The method, as it was sent.
    public let method: String

    /// The request target, as it was sent: path and query, not decoded.
    public let target: String

    /// The header fields in the order they came.
    public let headers: [HeaderField]

    /// The content, with the transfer coding taken off.
    public let body: [UInt8]

    /// Whether the client leaves the connection open after this request (RFC 9112 §9.3).
    public let keepsConnectionOpen: Bool

    /// Makes a request, for tests of a handler that need no server.
    public init(
        connection: Int = 1,
        method: String,
        target: String,
        headers: [HeaderField] = [],
        body: [UInt8] = [],
        keepsConnectionOpen: Bool = true
    ) {
        self.connection = connection
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.keepsConnectionOpen = keepsConnectionOpen
    }

    /// The values of the fields called `name`, whatever their case, in the order they came.
    public func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The body as text; what is not UTF-8 becomes U+FFFD.
    public var bodyText: String {
        String(decoding: body, as: UTF8.self)
    }
}
