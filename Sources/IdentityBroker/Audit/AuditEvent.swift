#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One login, or what a client asked for on the strength of one, as it is recorded for good: who, where, when and with
/// what outcome.
///
/// It holds no secret, ticket, token or phone number, and no claim at all.
public struct AuditEvent: Sendable, Hashable, Codable {
    /// What was asked for.
    public let action: AuditAction
    /// The login's own id; of another action, the action's.
    public let login: UUID
    /// The client that asked; nil for a login that no client asked for, or whose client is not known.
    public let client: String?
    /// When it began, by the broker's clock.
    public let began: Date
    /// How long it took.
    public let duration: Duration
    /// The id of the instance that was asked for, where it is an id at all; empty where none was.
    public let provider: String
    /// The provider's type; nil where no such instance exists.
    public let providerType: String?
    /// The kind of credential presented.
    public let credentialKind: String
    /// Who vouched; nil where the login did not get so far.
    public let issuer: String?
    /// Whom they vouched for; nil unless the login succeeded.
    public let subject: String?
    /// Nil for a success, else ``BrokerError/kind``.
    public let failure: String?
    /// What became of the credential.
    public let credential: String
    /// The upstream's code, where it gave one.
    public let upstreamCode: String?
    /// What was dropped or doubted.
    public let notices: [String]

    package init(
        action: AuditAction = .login,
        login: UUID,
        client: String? = nil,
        began: Date,
        duration: Duration,
        provider: String,
        providerType: String?,
        credentialKind: String,
        issuer: String?,
        subject: String?,
        failure: String?,
        credential: String,
        upstreamCode: String?,
        notices: [String]
    ) {
        self.action = action
        self.login = login
        self.client = client
        self.began = began
        self.duration = duration
        self.provider = provider
        self.providerType = providerType
        self.credentialKind = credentialKind
        self.issuer = issuer
        self.subject = subject
        self.failure = failure
        self.credential = credential
        self.upstreamCode = upstreamCode
        self.notices = notices
    }
}
