import HTTPTypes
import Hummingbird

import Foundation

extension Response {
    /// Nothing exists at this path.
    init(notFound request: Request) {
        self = PreparedDocument.notFound.response
    }

    /// The method is unknown to the service (RFC 9110 §9.1).
    init(notImplementing method: HTTPRequest.Method) {
        self.init(status: .notImplemented, json: Data(#"{"error":"method_not_implemented"}"#.utf8))
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
