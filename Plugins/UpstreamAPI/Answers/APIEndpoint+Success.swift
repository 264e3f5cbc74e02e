package import HTTPTypes
package import IdentityBroker
package import StrictJSON

extension APIEndpoint {
    /// The object in an answer, if it is a success: its code is 0, as a number or as text, or absent, and its status any of
    /// 2xx. What a success has to have besides, the caller checks.
    ///
    /// - Parameters:
    ///   - object: The object in the body; nil if there is none that can be read.
    ///   - name: The member with the code.
    ///   - retryAfter: The time to wait, if the answer says one.
    /// - Throws: ``BrokerError``: what the code or, without one, the status means. The vendor's own message is never
    ///   repeated: it may contain what was sent.
    package func success(
        _ object: JSONObject?,
        codeIn name: String,
        under status: HTTPResponse.Status,
        retryAfter: Duration?
    ) throws(BrokerError) -> JSONObject {
        if let member = object?[name], !member.isNull {
            guard let code = member.wholeNumber else {
                throw .misbehaved("The \(name) in the answer of \(title) is not a number.")
            }
            if code != 0 { throw failure(by: code, retryAfter: retryAfter) }
        }
        guard status.kind == .successful else { throw failure(by: status, retryAfter: retryAfter) }
        guard let object else { throw .misbehaved("The answer of \(title) is not a JSON object.") }
        return object
    }
}
