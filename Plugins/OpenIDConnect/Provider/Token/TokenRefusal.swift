import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON

/// What it means if an endpoint at which the client authenticates refuses (RFC 6749 §5.2): the token endpoint, and the
/// one for pushed requests (RFC 9126 §2.3).
struct TokenRefusal: Sendable {
    /// Who refuses, by its name in a sentence.
    enum Endpoint: String, Sendable {
        case token = "token endpoint"
        case push = "endpoint for pushed requests"
    }

    let endpoint: Endpoint
    let peculiarities: Peculiarities

    /// The failure that an answer means; nil if it is not a refusal.
    func failure(in response: UpstreamResponse, _ members: JSONObject?, at now: Date) -> BrokerError? {
        if let outage = response.outage(of: "The provider's \(endpoint.rawValue)", at: now) { return outage }
        // Some providers answer an error with status 200.
        guard let error = members?["error"] ?? members?[peculiarities.errorMember], !error.isNull else { return nil }
        let code = error.string
        // Where a message decides, no one needs to see it.
        let isCode = members?["error"] != nil
        if let kind = code.flatMap({ peculiarities.errors[$0] }) { return meaning(kind, isCode ? code : nil) }
        let kind: BrokerError.Kind =
            switch code {
            case "invalid_grant": .invalidCredential
            case "invalid_client", "unauthorized_client", "invalid_scope": .misconfigured
            case "temporarily_unavailable", "server_error": .upstreamUnavailable
            default: .upstreamMisbehaved
            }
        return meaning(kind, isCode ? code : nil)
    }

    private func meaning(_ kind: BrokerError.Kind, _ code: String?) -> BrokerError {
        // No code of a user goes to the endpoint for pushed requests.
        let kind = kind == .invalidCredential && endpoint == .push ? .upstreamMisbehaved : kind
        let message =
            switch kind {
            case .invalidCredential: "The provider does not accept the code. Begin a new login."
            case .misconfigured where code == "invalid_scope":
                "The provider does not give this client all of the scopes."
            case .misconfigured:
                "The provider does not accept the client. Check clientId, its secret or key, and authMethod."
            case .upstreamUnavailable: "The provider says that it cannot serve now."
            case .rateLimited: "The provider wants fewer requests."
            case .accessDenied: "The provider does not let this user sign in to the client."
            case .interactionRequired: "The provider wants something from the user first. Begin a new login."
            default: "The provider's \(endpoint.rawValue) refuses for a reason that does not fit."
            }
        return BrokerError(kind, message, upstreamCode: code)
    }
}
