import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

/// What the upstream answers to a code (RFC 6749 §5.1).
struct TokenAnswer: Sendable {
    let contents: JSONValue
    let accessToken: Secret
    /// What is secret in it, wherever it is: refresh tokens, ID tokens, and the keys and secrets of sessions.
    let secrets: [Secret]

    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if there is no token in it that could be used.
    init(_ contents: JSONValue, tokenAt pointer: Pointer) throws(BrokerError) {
        // Without case: RFC 6749 §5.1. Many leave it out.
        if let type = contents["token_type"], !type.isNull, type.string?.lowercased() != "bearer" {
            throw AnswerReader.fault(.token, "has tokens of another type than Bearer")
        }
        guard let token = pointer.value(in: contents)?.string, ClientText.isAccessToken(token) else {
            throw AnswerReader.fault(.token, "has no access token that could be sent")
        }
        self.contents = contents
        accessToken = Secret(token)
        secrets = IssuedSecrets.all(in: contents)
    }
}
