import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON

/// A successful answer of the upstream.
struct RedirectAnswer: Sendable {
    let members: JSONObject

    /// - Throws: ``BrokerError``: what its error code means (RFC 6749 §5.2, RFC 6750 §3.1), otherwise its status.
    init(_ response: UpstreamResponse, at now: Date) throws(BrokerError) {
        let members = (try? JSONReader().read(response.body))?.object
        guard response.status == .ok else {
            throw Self.error(members?["error"]?.string, response, at: now)
        }
        guard let members else {
            throw BrokerError(.upstreamMisbehaved, "The upstream's answer is not a JSON object.")
        }
        self.members = members
    }

    subscript(name: String) -> JSONValue? { members[name] }

    func text(_ name: String) -> String? { members[name]?.string }

    private static func error(_ code: String?, _ response: UpstreamResponse, at now: Date) -> BrokerError {
        switch (code, response.status.code) {
        case (_, 500...): BrokerError(.upstreamUnavailable, "The upstream cannot serve now.")
        case (_, 429):
            BrokerError(.rateLimited, "The upstream takes no more for now.", retryAfter: wait(in: response, at: now))
        case ("invalid_grant", _): BrokerError(.invalidCredential, "The upstream does not accept the code.")
        case ("invalid_client", _), ("unauthorized_client", _):
            BrokerError(.misconfigured, "The upstream does not know the app. Check clientId and clientSecret.")
        case ("insufficient_scope", _): BrokerError(.accessDenied, "The upstream does not let this person in.")
        default: BrokerError(.upstreamMisbehaved, "The upstream refused for a reason that is not standard.")
        }
    }

    private static func wait(in response: UpstreamResponse, at now: Date) -> Duration? {
        let field = response.headerFields[.retryAfter]
        let date = field.flatMap { HTTPDate.read($0) }.map { Duration.seconds($0.timeIntervalSince(now)) }
        return field.flatMap { Int($0) }.map { .seconds($0) } ?? date
    }
}
