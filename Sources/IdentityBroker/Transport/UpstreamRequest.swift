public import HTTPTypes
public import StrictJSON

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
