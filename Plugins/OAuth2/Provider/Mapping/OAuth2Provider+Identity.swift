import IdentityBroker
import StrictJSON

extension OAuth2Provider {
    /// The identity that a record describes. It is neither gated nor cleaned.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if a member of the subject is missing.
    func identity(
        of record: JSONValue,
        _ answer: TokenAnswer,
        email: EmailStatement?
    ) throws(BrokerError) -> UpstreamIdentity {
        var subject = Agreement(on: "subject")
        if !declaration.subject.isEmpty {
            subject.add(try Self.subject(at: declaration.subject, in: record), at: "profile")
        }
        if !declaration.tokenSubject.isEmpty {
            subject.add(try Self.subject(at: declaration.tokenSubject, in: answer.contents), at: "token")
        }
        var identity = UpstreamIdentity(standing: .active, subject: subject)
        let claims = declaration.claims
        for (name, path) in ClaimSources.texts { identity.claims[keyPath: path] = claims[name]?.text(in: record) }
        identity.claims.locale = identity.claims.locale?.replacing("_", with: "-")
        let own = claims["email"]?.text(in: record).map {
            EmailStatement(address: $0, verified: declaration.emailVerified.flag(in: record))
        }
        if let statement = email ?? own {
            identity.claims.email = EmailAddress(statement.address).map { Contact($0, verified: statement.verified) }
            if identity.claims.email == nil { identity.notices.append(OAuth2Notice.emailRefused.notice) }
        }
        if let number = claims["phone_number"]?.text(in: record) {
            let verified = declaration.phoneNumberVerified.flag(in: record)
            identity.claims.phoneNumber = PhoneNumber(number).map { Contact($0, verified: verified) }
            if identity.claims.phoneNumber == nil { identity.notices.append(OAuth2Notice.phoneRefused.notice) }
        }
        for (name, pointer) in declaration.attributes { identity.attributes[name] = pointer.value(in: record) }
        identity.token = answer.accessToken
        identity.furtherSecrets = answer.secrets
        identity.setRecord { record }
        return identity
    }

    /// The members of a subject, joined by colons. A part with the separator in it could make one person another, and zero is
    /// what an upstream writes that has no id to write.
    private static func subject(at pointers: [Pointer], in contents: JSONValue) throws(BrokerError) -> String {
        var parts: [String] = []
        for pointer in pointers {
            guard let part = pointer.id(in: contents), !part.isEmpty, part != "0",
                !part.contains(":") || pointers.count == 1
            else {
                throw BrokerError(
                    .upstreamMisbehaved,
                    """
                    The provider's answer has no id of the user at \(pointer.written), where the declaration says it is, or \
                    one that cannot be told from others: 0, or a part with a colon.
                    """)
            }
            parts.append(part)
        }
        return parts.joined(separator: ":")
    }
}
