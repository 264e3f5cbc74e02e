package import Foundation

/// An audit event as stores keep it: what it is about are texts with names, which only this file knows. Each store has a
/// column of that name for every one of them.
extension AuditEvent {
    /// The names of the texts.
    package static let textNames = [
        "action", "client", "provider", "provider_type", "credential_kind", "issuer", "subject", "failure",
        "credential", "upstream_code",
    ]

    /// The texts, in the order of their names.
    package var texts: [String?] {
        [
            action.rawValue, client, provider, providerType, credentialKind, issuer, subject, failure, credential,
            upstreamCode,
        ]
    }

    /// Reads an event; nil if a text is missing that every event has.
    ///
    /// - Parameter texts: The texts, in the order of ``textNames``.
    package init?(login: UUID, began: Date, duration: Duration, texts: [String?], notices: [String]) {
        guard texts.count == Self.textNames.count, let action = texts[0], let provider = texts[2],
            let credentialKind = texts[4], let credential = texts[8]
        else { return nil }
        self.init(
            action: AuditAction(rawValue: action),
            login: login,
            client: texts[1],
            began: began,
            duration: duration,
            provider: provider,
            providerType: texts[3],
            credentialKind: credentialKind,
            issuer: texts[5],
            subject: texts[6],
            failure: texts[7],
            credential: credential,
            upstreamCode: texts[9],
            notices: notices
        )
    }

    /// The size of its texts in bytes. A login counts it, so it makes no list of them.
    var size: Int {
        let count = { (text: String?) in text?.utf8.count ?? 0 }
        let required = count(action.rawValue) + count(provider) + count(credentialKind) + count(credential)
        let optional =
            count(client) + count(providerType) + count(issuer) + count(subject) + count(failure) + count(upstreamCode)
        return notices.reduce(required + optional) { $0 + $1.utf8.count }
    }
}
