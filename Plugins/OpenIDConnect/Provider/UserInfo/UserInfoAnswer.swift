import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON
import UpstreamAPI

/// What the userinfo endpoint answers (OpenID Connect Core §5.3.2): an object, or a signed token with one in it.
enum UserInfoAnswer: Sendable {
    case object(JSONObject)
    case signed(SignedClaims)

    /// - Throws: ``BrokerError`` of the kind that the answer means.
    init(_ response: UpstreamResponse, at now: Date) throws(BrokerError) {
        if let outage = response.outage(of: "The provider's userinfo endpoint", at: now) { throw outage }
        guard response.status.code == 200 else {
            throw Self.fault("does not accept the token that the provider has just issued")
        }
        // The body decides, not its declared type: some providers declare every answer as JSON.
        if let object = response.object {
            self = .object(object)
        } else if let text = String(validating: response.body, as: UTF8.self), let token = try? SignedClaims(text) {
            self = .signed(token)
        } else {
            throw Self.fault("answers neither with a JSON object nor with a signed token")
        }
    }

    static func fault(_ fault: String) -> BrokerError {
        BrokerError(.upstreamMisbehaved, "The provider's userinfo endpoint \(fault).")
    }
}
