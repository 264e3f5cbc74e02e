public import HTTPTypes
public import StrictJSON

/// Carries one HTTP request to an upstream and brings back the answer.
///
/// The pipeline is the only caller: a provider sends through ``ExchangeContext/send(_:)``, which guards the transport
/// and enforces what must always hold. An implementation keeps these promises:
///
/// - The request is written to the wire **at most once**. No retry, no redirect, no second connection after the first
///   byte may have left.
/// - ``TransportFailure/mayHaveLeft`` is a record of what happened, never inferred from an error code.
/// - Cancelling the calling task ends the transfer promptly; the call returns only when nothing more can leave.
/// - Limits of the policy are enforced while receiving. TLS is 1.2 or newer, and the peer is verified.
/// - Nothing ambient is used: no proxy from the environment, no netrc, no cookies.
public protocol UpstreamTransport: Sendable {
    /// Sends the request and returns the answer with its whole body.
    ///
    /// - Parameters:
    ///   - request: What to send.
    ///   - policy: The limits and the network rules of the provider instance.
    ///   - timeout: How long the whole transfer may take, including name resolution and connecting.
    /// - Throws: ``TransportFailure``, and nothing else.
    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse
}

/// One HTTP request to an upstream: a head with method, scheme, authority, path and fields, and a body.
public struct UpstreamRequest: Sendable, Hashable {
    /// Method, scheme, authority, path with query, and header fields.
    public var head: HTTPRequest
    /// The body; empty for none.
    public var body: [UInt8]

    /// Makes a request to a URL.
    ///
    /// - Parameters:
    ///   - method: The HTTP method.
    ///   - url: Where to send it.
    ///   - headerFields: The fields to send besides those of the transport itself.
    ///   - body: The body; empty for none.
    public init(method: HTTPRequest.Method, url: UpstreamURL, headerFields: HTTPFields = [:], body: [UInt8] = []) {
        head = HTTPRequest(
            method: method,
            scheme: url.scheme.rawValue,
            authority: url.authority,
            path: url.path.isEmpty ? "/" : url.path,
            headerFields: headerFields
        )
        self.body = body
    }

    /// A `POST` with a JSON body that accepts JSON.
    public static func post(json body: [UInt8], to url: UpstreamURL) -> UpstreamRequest {
        UpstreamRequest(method: .post, url: url, headerFields: fieldsOfJSON, body: body)
    }

    /// A `POST` of a JSON object that asks for JSON back.
    public static func post(json body: JSONObject, to url: UpstreamURL) -> UpstreamRequest {
        post(json: body.jsonBytes, to: url)
    }

    private static let fieldsOfJSON: HTTPFields = [.contentType: "application/json", .accept: "application/json"]
}

extension UpstreamRequest: CustomReflectable {
    /// A mirror without children: path, fields and body may contain a credential or a secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

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

extension HTTPFields {
    /// The values of all fields with this name, in order; empty for an invalid name.
    package func values(of name: String) -> [String] {
        HTTPField.Name(name).map { self[values: $0] } ?? []
    }
}
