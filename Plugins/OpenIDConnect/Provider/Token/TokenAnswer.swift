import Foundation
import HTTPTypes
import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

/// What the token endpoint answers to a code (RFC 6749 §5, OpenID Connect Core §3.1.3.3).
struct TokenAnswer: Sendable {
    let idToken: String
    let accessToken: Secret
    /// What is secret in it: these two, and what else is in it, such as a refresh token.
    let secrets: [Secret]

    /// - Throws: ``BrokerError`` of the kind that the answer means.
    init(_ response: UpstreamResponse, at now: Date, by peculiarities: Peculiarities) throws(BrokerError) {
        let members = response.object
        let refusal = TokenRefusal(endpoint: .token, peculiarities: peculiarities)
        if let failure = refusal.failure(in: response, members, at: now) { throw failure }
        guard response.status.code == 200 else {
            throw Self.fault("has status \(response.status.code) and no error code")
        }
        guard let members else { throw Self.fault(response.objectFault) }
        // Without case: RFC 6749 §5.1.
        guard members["token_type"]?.string?.lowercased() == "bearer" else {
            throw Self.fault("has tokens of another type than Bearer")
        }
        guard let idToken = members["id_token"]?.string else { throw Self.fault("has no ID token") }
        guard let accessToken = members["access_token"]?.string, ClientText.isAccessToken(accessToken)
        else { throw Self.fault("has no access token that could be sent") }
        self.idToken = idToken
        self.accessToken = Secret(accessToken)
        secrets = IssuedSecrets.all(in: .object(members))
    }

    private static func fault(_ fault: String) -> BrokerError {
        BrokerError(.upstreamMisbehaved, "The answer of the provider's token endpoint \(fault).")
    }
}
