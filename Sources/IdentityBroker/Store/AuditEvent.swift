public import Foundation

/// What an audit event is about.
public struct AuditAction: RawRepresentable, Sendable, Hashable, Codable {
    /// The action's name in snake case.
    public let rawValue: String

    /// Names a custom action.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A credential was presented for an identity.
    public static let login = AuditAction(rawValue: "login")
}

/// One login, or one request of a client based on a login, as recorded permanently: who, where, when and with what
/// outcome.
///
/// It holds no secret, ticket, token or phone number, and no claims.
public struct AuditEvent: Sendable, Hashable, Codable {
    /// What was requested.
    public let action: AuditAction
    /// The id of the login, or of the other action.
    public let login: UUID
    /// The client that asked; nil for a login that no client asked for, or if the client is unknown.
    public let client: String?
    /// When it began, by the broker's clock.
    public let began: Date
    /// How long it took.
    public let duration: Duration
    /// The id of the requested instance, if it has the form of an id; empty if there is none.
    public let provider: String
    /// The provider's type; nil if no such instance exists.
    public let providerType: String?
    /// The kind of credential presented.
    public let credentialKind: String
    /// Who vouched for the person; nil if the login did not get that far.
    public let issuer: String?
    /// The person's subject at the issuer; nil unless the login succeeded.
    public let subject: String?
    /// Nil for a success, otherwise ``BrokerError/kind``.
    public let failure: String?
    /// What happened to the credential.
    public let credential: String
    /// The upstream's code, if it gave one.
    public let upstreamCode: String?
    /// What was dropped or doubted.
    public private(set) var notices: [String]

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

extension AuditEvent {
    /// The same event with one more notice.
    package func noting(_ notice: Notice) -> AuditEvent {
        var event = self
        event.notices.append(notice.rawValue)
        return event
    }
}
