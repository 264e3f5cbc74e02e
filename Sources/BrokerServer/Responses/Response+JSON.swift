import BrokerObservability
import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

import Foundation

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
