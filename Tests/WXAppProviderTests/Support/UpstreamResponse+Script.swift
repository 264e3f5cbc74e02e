import HTTPTypes
import IdentityBroker

extension UpstreamResponse {
    /// An answer whose body is this JSON.
    static func json(_ body: JSON, status: Int = 200, headerFields: HTTPFields = [:]) throws -> UpstreamResponse {
        .text(try body.text, status: status, headerFields: headerFields)
    }

    /// An answer whose body is this text.
    static func text(_ body: String, status: Int = 200, headerFields: HTTPFields = [:]) -> UpstreamResponse {
        UpstreamResponse(status: .init(code: status), headerFields: headerFields, body: Array(body.utf8))
    }
}
