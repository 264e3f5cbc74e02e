import Foundation
import IdentityBroker

extension AuditEvent {
    /// An event with a value in every field.
    static func sample(
        login: UUID = UUID(),
        began: Date = .second(0),
        duration: Duration = .milliseconds(5),
        text: String = "text"
    ) -> AuditEvent {
        AuditEvent(
            action: AuditAction(rawValue: "action \(text)"),
            login: login,
            client: "client \(text)",
            began: began,
            duration: duration,
            provider: "provider \(text)",
            providerType: "type \(text)",
            credentialKind: "kind \(text)",
            issuer: "issuer \(text)",
            subject: "subject \(text)",
            failure: "failure \(text)",
            credential: "credential \(text)",
            upstreamCode: "code \(text)",
            notices: ["first \(text)", "second \(text)"]
        )
    }

    /// An event with the same text in all fields, including nil.
    static func uniform(_ text: String?) -> AuditEvent {
        AuditEvent(
            action: AuditAction(rawValue: text ?? ""),
            login: UUID(),
            client: text,
            began: .second(0),
            duration: .zero,
            provider: text ?? "",
            providerType: text,
            credentialKind: text ?? "",
            issuer: text,
            subject: text,
            failure: text,
            credential: text ?? "",
            upstreamCode: text,
            notices: text.map { [$0, "", $0] } ?? []
        )
    }

    /// Every text in it.
    var texts: [String] {
        [action.rawValue, provider, credentialKind, credential]
            + [client, providerType, issuer, subject, failure, upstreamCode].compactMap(\.self)
            + notices
    }
}
