import BrokerObservability
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

extension Response {
    /// A JSON document that is not to be cached, unless an age is given.
    init(
        status: HTTPResponse.Status = .ok,
        json: Data,
        cachedFor age: Duration? = nil,
        headers: HTTPFields = [:]
    ) {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = age.map { "public, max-age=\($0.components.seconds)" } ?? "no-store"
        // RFC 6749 §5.1, for caches that understand nothing else.
        if age == nil { headers[.pragma] = "no-cache" }
        // Prevents browsers from treating JSON as a page.
        headers[.xContentTypeOptions] = "nosniff"
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }

    /// The answer of an endpoint, with its members in order.
    init(answer: JSONObject) {
        self.init(json: Data(answer.jsonBytes))
    }

    /// Metrics in Prometheus's text format.
    init(metrics text: String) {
        self.init(
            status: .ok,
            headers: [.contentType: PrometheusRegistry.contentType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}

extension HTTPField.Name {
    /// RFC 9111 §5.4.
    static let pragma: HTTPField.Name = {
        guard let name = HTTPField.Name("Pragma") else { preconditionFailure("The letters are those of a field name.") }
        return name
    }()
}

/// A JSON document that is the same for every request, with its header fields, made once.
struct PreparedDocument: Sendable {
    private let status: HTTPResponse.Status
    private let headers: HTTPFields
    private let body: ByteBuffer

    init(status: HTTPResponse.Status = .ok, json: Data, cachedFor age: Duration? = nil, headers: HTTPFields = [:]) {
        let response = Response(status: status, json: json, cachedFor: age, headers: headers)
        self.status = status
        self.headers = response.headers
        body = ByteBuffer(bytes: json)
    }

    /// The answer to a request.
    var response: Response {
        Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}

extension Response {
    /// Nothing exists at this path.
    init(notFound request: Request) {
        self = PreparedDocument.notFound.response
    }

    /// The method is unknown to the service (RFC 9110 §9.1).
    init(notImplementing method: HTTPRequest.Method) {
        self.init(status: .notImplemented, json: Data(#"{"error":"method_not_implemented"}"#.utf8))
    }

    /// The answer to `OPTIONS *`: what the server as a whole supports (RFC 9110 §9.3.7).
    static var serverOptions: Response {
        let methods: [HTTPRequest.Method] = [.get, .head, .post, .options]
        return Response(status: .noContent, headers: [.allow: methods.map(\.rawValue).joined(separator: ", ")])
    }

    /// The same answer without its body, for `HEAD` (RFC 9110 §9.3.2).
    var head: Response {
        var headers = headers
        headers[.contentLength] = body.contentLength.map { "\($0)" }
        return Response(status: status, headers: headers, body: ResponseBody())
    }
}

extension PreparedDocument {
    /// Nothing exists at this path.
    fileprivate static let notFound = PreparedDocument(
        status: .notFound, json: Data(#"{"error":"not_found"}"#.utf8))

    /// The path allows other methods (RFC 9110 §15.5.6).
    init(allowing methods: [HTTPRequest.Method]) {
        let allowed = methods.map(\.rawValue).joined(separator: ", ")
        self.init(
            status: .methodNotAllowed,
            json: Data(#"{"error":"method_not_allowed"}"#.utf8),
            headers: [.allow: allowed]
        )
    }
}
