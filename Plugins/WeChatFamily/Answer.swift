package import Foundation
import HTTPTypes
package import IdentityBroker
import OAuthClient
package import StrictJSON

extension UpstreamResponse {
    /// The object in an answer that is a success.
    ///
    /// The body says what it is. WeChat calls JSON `text/plain`, and answers failures with status 200 and an `errcode`, as
    /// a number or as text; a success has `errcode` 0 or none, and any status of 2xx. What it has to have besides, the caller
    /// checks.
    ///
    /// - Throws: ``BrokerError``: what the code or the status means. The vendor's own message is never repeated: it contains
    ///   our address, and sometimes the code.
    package func object(from endpoint: APIEndpoint, at now: Date) throws(BrokerError) -> JSONObject {
        let object = readableObject
        if let member = object?["errcode"], !member.isNull {
            guard let code = member.wholeNumber else {
                throw .misbehaved("The errcode in the answer of \(endpoint.title) is no number.")
            }
            if code != 0 { throw endpoint.refusal(by: code).error(code: code, in: self, at: now) }
        }
        guard status.kind == .successful else { throw outage(of: endpoint, at: now) }
        guard let object else { throw .misbehaved("The answer of \(endpoint.title) is not a JSON object.") }
        return object
    }

    /// Whether the answer refuses the app's access token, and so has not looked at anything else in the request.
    package var refusesAppToken: Bool {
        guard let code = readableObject?["errcode"]?.wholeNumber else { return false }
        return Refusal.ofAppToken.contains(code)
    }

    private var readableObject: JSONObject? { (try? JSONReader.allowingRawControlCharacters.read(body))?.object }

    private func outage(of endpoint: APIEndpoint, at now: Date) -> BrokerError {
        switch status.code {
        case 429:
            BrokerError(
                .rateLimited, "\(endpoint.vendor) wants fewer requests. Try again later.",
                retryAfter: retryAfter(at: now))
        case 500...:
            BrokerError(
                .upstreamUnavailable, "\(endpoint.vendor) cannot serve now. Try again later.",
                retryAfter: retryAfter(at: now))
        case 401, 403, 404, 405:
            .misconfigured("There is no \(endpoint.name) of \(endpoint.vendor) at that address. Check apiURL.")
        default:
            .misbehaved("\(endpoint.title) answered with an HTTP status that it does not have.")
        }
    }
}

extension Refusal {
    fileprivate func error(code: Int64, in response: UpstreamResponse, at now: Date) -> BrokerError {
        BrokerError(
            kind, message, upstreamCode: "\(code)",
            retryAfter: kind == .rateLimited ? response.retryAfter(at: now) : nil)
    }
}
