import Foundation
import HTTPTypes
import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

/// What it means if an endpoint at which the client authenticates refuses (RFC 6749 §5.2): the token endpoint, and the
/// one for pushed requests (RFC 9126 §2.3).
struct TokenRefusal: Sendable {
    /// Who refuses, by its name in a sentence.
    enum Endpoint: String, Sendable {
        case token = "token endpoint"
        case push = "endpoint for pushed requests"

        /// The statuses that mean a refused client, even without a word: the one for that (RFC 6749 §5.2), and for a pushed
        /// request also 403, with which Glewlwyd answers.
        var refusals: [Int] { self == .push ? [401, 403] : [401] }
    }

    let endpoint: Endpoint
    let peculiarities: Peculiarities

    /// The failure that an answer means; nil if it is not a refusal.
    func failure(in response: UpstreamResponse, _ members: JSONObject?, at now: Date) -> BrokerError? {
        if let outage = response.outage(of: "The provider's \(endpoint.rawValue)", at: now) { return outage }
        let status = response.status.code
        // Some providers answer an error with status 200.
        guard let error = members?["error"] ?? members?[peculiarities.errorMember], !error.isNull else {
            return endpoint.refusals.contains(status) ? meaning(.misconfigured, nil, status) : nil
        }
        let code = error.string
        // Where a message decides, no one needs to see it.
        let isCode = members?["error"] != nil
        if let kind = code.flatMap({ peculiarities.errors[$0] }) { return meaning(kind, isCode ? code : nil, status) }
        return meaning(TokenError.kind(of: code), isCode ? code : nil, status)
    }

    private func meaning(_ kind: BrokerError.Kind, _ code: String?, _ status: Int) -> BrokerError {
        // No user's code is sent to the endpoint for pushed requests.
        let kind = kind == .invalidCredential && endpoint == .push ? .upstreamMisbehaved : kind
        return TokenError.failure(
            kind, code: code, status: status, of: endpoint.rawValue,
            settings: "clientId, its secret or key, and authMethod")
    }
}
