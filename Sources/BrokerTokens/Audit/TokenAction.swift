#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker

/// What a client asks for, as the audit log will record it.
struct TokenAction: Sendable {
    let action: AuditAction
    let id: UUID
    let began: Date
    let stopwatch: Duration
    var client: String?
    /// What was presented, in a word; empty where nothing was.
    let credentialKind: String

    /// The grant that it turned out to be about.
    var grant: Grant?
    /// What became of what was presented, should it fail from here on.
    var fate = CredentialFate.unused
    /// Whether its event is in the log already, written together with the change.
    var isRecorded = false
    /// Whether the caller has proven to be the client, or to hold what the broker issued. Anybody else is a stranger.
    var isProven = false

    /// - Parameters:
    ///   - failure: Nil for a success.
    ///   - fate: What became of what was presented.
    func event(
        _ failure: OAuthError?,
        _ fate: CredentialFate,
        notices: [String] = [],
        issuer: String,
        at uptime: Duration
    ) -> AuditEvent {
        event(failure: failure?.outcome, fate, notices: notices, issuer: issuer, at: uptime)
    }

    /// - Parameters:
    ///   - failure: The stable word for what went wrong; nil for a success.
    ///   - fate: What became of what was presented.
    func event(
        failure: String?,
        _ fate: CredentialFate,
        notices: [String],
        issuer: String,
        at uptime: Duration
    ) -> AuditEvent {
        AuditEvent(
            action: action,
            login: id,
            client: client,
            began: began,
            duration: uptime - stopwatch,
            provider: grant?.provider.rawValue ?? "",
            providerType: nil,
            credentialKind: credentialKind,
            issuer: grant == nil ? nil : issuer,
            subject: grant?.account.description,
            failure: failure,
            credential: fate.rawValue,
            upstreamCode: nil,
            notices: notices
        )
    }
}

extension OAuthError {
    /// The stable word for the audit log and for metrics: the broker's where it has one.
    var outcome: String { kind?.rawValue ?? code.rawValue }
}
