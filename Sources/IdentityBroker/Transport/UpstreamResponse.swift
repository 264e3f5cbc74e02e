public import HTTPTypes

/// An upstream's answer, whole and within the size limits.
public struct UpstreamResponse: Sendable, Hashable {
    /// The status code.
    public var status: HTTPResponse.Status
    /// The header fields, in the order received.
    public var headerFields: HTTPFields
    /// The body, at most ``TransportPolicy/maximumBodyBytes`` long.
    public var body: [UInt8]

    /// Makes an answer.
    public init(status: HTTPResponse.Status, headerFields: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
    }
}

extension UpstreamResponse: CustomReflectable {
    /// A mirror without children: a token may stand in its body.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
