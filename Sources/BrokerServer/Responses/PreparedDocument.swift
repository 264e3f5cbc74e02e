import HTTPTypes
import Hummingbird
import NIOCore

import Foundation

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
