import IdentityBroker
import OAuthClient
import StrictJSON

/// What the upstream answers to a code (RFC 6749 §5.1).
struct TokenAnswer: Sendable {
    let contents: JSONValue
    let accessToken: Secret

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
    }

    /// What else is secret in it, wherever it is: refresh tokens, ID tokens, and the keys and secrets of sessions.
    var furtherSecrets: [Secret] { Self.secrets(in: contents).map { Secret($0) } }

    private static func secrets(in value: JSONValue) -> [String] {
        if let elements = value.array { return elements.flatMap(secrets) }
        return (value.object ?? [:]).flatMap { member -> [String] in
            guard let text = member.value.string else { return secrets(in: member.value) }
            let name = member.name.lowercased().replacing("_", with: "")
            return name.hasSuffix("token") || name.hasSuffix("secret") || name == "sessionkey" ? [text] : []
        }
    }
}
