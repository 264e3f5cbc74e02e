/// A complete request as the server received it.
public struct ReceivedRequest: Sendable, Hashable {
    /// The connection on which it arrived; the first one accepted is 1.
    public let connection: Int

    /// The method, as sent.
    public let method: String

    /// The request target, as sent: path and query, not decoded.
    public let target: String

    /// The header fields in order of arrival.
    public let headers: [HeaderField]

    /// The content, without its transfer coding.
    public let body: [UInt8]

    /// Whether the client leaves the connection open after this request (RFC 9112 §9.3).
    public let keepsConnectionOpen: Bool

    /// Makes a request, for tests of a handler without a server.
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

    /// The values of the fields called `name`, case-insensitively, in order of arrival.
    public func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The body as text; invalid UTF-8 becomes U+FFFD.
    public var bodyText: String {
        String(decoding: body, as: UTF8.self)
    }
}

/// One field line of an HTTP message (RFC 9110 §5).
public struct HeaderField: Sendable, Hashable {
    /// The field's name as on the wire; compare it case-insensitively.
    public var name: String

    /// The field's value, without surrounding white space.
    public var value: String

    /// Makes a field line. Nothing is checked: a script may need a malformed one.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
