public import HTTPTypes

/// An upstream's answer, complete and within the size limits.
public struct UpstreamResponse: Sendable {
    /// The status code.
    public var status: HTTPResponse.Status
    /// The body, at most ``TransportPolicy/maximumBodyBytes`` long.
    public var body: [UInt8]

    private var fields: Fields

    private enum Fields: Sendable {
        case read(HTTPFields)
        case unread(@Sendable () -> HTTPFields)
    }

    /// Makes an answer.
    public init(status: HTTPResponse.Status, headerFields: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.body = body
        fields = .read(headerFields)
    }

    /// Makes an answer whose header fields are parsed on demand: most are never read.
    package init(status: HTTPResponse.Status, body: [UInt8], headerFields: @escaping @Sendable () -> HTTPFields) {
        self.status = status
        self.body = body
        fields = .unread(headerFields)
    }

    /// The header fields, in the order received. They may be parsed at each call.
    public var headerFields: HTTPFields {
        get {
            switch fields {
            case .read(let fields): fields
            case .unread(let read): read()
            }
        }
        set { fields = .read(newValue) }
    }
}

extension UpstreamResponse: Hashable {
    /// Whether status, fields and body are the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.status == right.status && left.body == right.body && left.headerFields == right.headerFields
    }

    /// Feeds status and body to the hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(status)
        hasher.combine(body)
    }
}

extension UpstreamResponse: CustomReflectable {
    /// A mirror without children: the body may contain a token.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
