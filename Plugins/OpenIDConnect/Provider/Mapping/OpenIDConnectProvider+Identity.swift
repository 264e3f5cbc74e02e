import IdentityBroker
import StrictJSON

extension OpenIDConnectProvider {
    /// The identity that a profile describes. It is neither gated nor cleaned.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if a claim of subject or issuer is missing.
    func identity(of profile: Profile) throws(BrokerError) -> UpstreamIdentity {
        var person = Agreement(on: "subject")
        person.add(profile.idToken["sub"]?.string, at: "id_token.sub")
        // Core §5.3.2: claims of another person are never used.
        person.add(profile.userInfo?["sub"]?.string, at: "userinfo.sub")
        var identity: UpstreamIdentity
        if subjectClaims == ["sub"] {
            identity = UpstreamIdentity(standing: .active, subject: person)
        } else {
            var subject = Agreement(on: "subject")
            subject.add(try joinedSubject(in: profile.idToken), at: "id_token")
            identity = UpstreamIdentity(standing: .active, subject: subject)
            identity.agreements = [person]
        }
        var notices: [OpenIDConnectNotice] = []
        do throws(IDTokenFault) {
            identity.issuer = try rules.issuers.identityIssuer(of: profile.idToken)
        } catch {
            throw error.failure(isNative: false)
        }
        identity.nonce = profile.idToken["nonce"]?.string
        identity.claims = Claims(profile, &notices)
        identity.notices = notices.map(\.notice)
        identity.attributes = [:]
        identity.attributes["acr"] = profile.idToken["acr"]?.string.map(JSONValue.string)
        identity.attributes["amr"] = profile.idToken["amr"]?.strings.map { JSONValue.strings($0) }
        for attribute in peculiarities.attributes {
            identity.attributes[attribute.name] = profile.boolean(profile[attribute.claim])
        }
        identity.setRecord { .object(profile.record) }
        return identity
    }

    /// Only out of the ID token, which is signed. A part with the separator in it could make one person another.
    private func joinedSubject(in idToken: JSONObject) throws(BrokerError) -> String {
        var parts: [String] = []
        for name in subjectClaims {
            guard let part = idToken[name]?.string, !part.isEmpty else {
                throw BrokerError(
                    .upstreamMisbehaved,
                    "The provider's ID token lacks the claim \(name), which subjectClaims names, or it is not text.")
            }
            guard !part.contains(":") || subjectClaims.count == 1 else {
                throw BrokerError(
                    .upstreamMisbehaved,
                    """
                    The claim \(name) of the provider's ID token has a colon in it, which separates the claims that \
                    subjectClaims names.
                    """)
            }
            parts.append(part)
        }
        return parts.joined(separator: ":")
    }
}
