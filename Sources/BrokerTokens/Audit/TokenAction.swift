import Foundation
public import IdentityBroker

/// A client's request, as the audit log will record it.
struct TokenAction: Sendable {
    let action: AuditAction
    let id: UUID
    let began: Date
    let stopwatch: Duration
    var client: String?
    /// The kind of credential presented, in a word; empty if there was none.
    let credentialKind: String

    /// The grant that the request turned out to concern.
    var grant: StoredGrant?
    /// The session that the request turned out to concern.
    var session: StoredSession?
    /// What became of the credential, if the request fails from here on.
    var fate = CredentialFate.unused
    /// Whether its event is already in the log, written together with the change.
    var isRecorded = false
    /// Whether the caller has authenticated as the client, or holds something that the broker issued. Anyone else is a
    /// stranger.
    var isProven = false

    /// - Parameters:
    ///   - failure: Nil for a success.
    ///   - fate: What became of the credential.
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
    ///   - fate: What became of the credential.
    func event(
        failure: String?,
        _ fate: CredentialFate,
        notices: [String],
        issuer: String,
        at uptime: Duration
    ) -> AuditEvent {
        let account = grant?.account ?? session?.account
        return AuditEvent(
            action: action,
            login: id,
            client: client,
            began: began,
            duration: uptime - stopwatch,
            provider: grant?.grant.provider.rawValue ?? session?.session.provider ?? "",
            providerType: nil,
            credentialKind: credentialKind,
            issuer: account == nil ? nil : issuer,
            subject: account?.description,
            failure: failure,
            credential: fate.rawValue,
            upstreamCode: nil,
            notices: notices
        )
    }
}

extension OAuthError {
    /// The stable word for the audit log and for metrics: the broker's if there is one.
    var outcome: String { kind?.rawValue ?? code.rawValue }
}

extension AuditAction {
    /// An exchange of a credential for tokens ended outside its login. The outcome of the login itself is an
    /// ``AuditAction/login`` with the client's id.
    public static let tokenExchange = AuditAction(rawValue: "token_exchange")
    /// A refresh token was presented.
    public static let refresh = AuditAction(rawValue: "refresh")
    /// A token request was refused before its grant type was known.
    public static let tokenRequest = AuditAction(rawValue: "token_request")
    /// A client asked to end a grant.
    public static let revoke = AuditAction(rawValue: "revoke")
    /// A client introspected a token.
    public static let introspect = AuditAction(rawValue: "introspect")
    /// A client asked for a person's claims with an access token.
    public static let userInfo = AuditAction(rawValue: "userinfo")
    /// A public client asked for a nonce.
    public static let nonce = AuditAction(rawValue: "nonce")
    /// A client's authentication.
    public static let clientAuthentication = AuditAction(rawValue: "client_authentication")
    /// A browser brought a client's request for a code.
    public static let authorization = AuditAction(rawValue: "authorization")
    /// A client pushed its request for a code.
    public static let pushedRequest = AuditAction(rawValue: "pushed_request")
    /// A client redeemed an authorization code.
    public static let authorizationCode = AuditAction(rawValue: "authorization_code")
    /// A client asked for codes for a device.
    public static let deviceAuthorization = AuditAction(rawValue: "device_authorization")
    /// A person was asked about a device.
    public static let deviceApproval = AuditAction(rawValue: "device_approval")
    /// A device redeemed its code.
    public static let deviceCode = AuditAction(rawValue: "device_code")
    /// A client got an access token of its own.
    public static let clientCredentials = AuditAction(rawValue: "client_credentials")
    /// A session began or went on after a login.
    public static let session = AuditAction(rawValue: "session")
    /// A session ended, and with it what hung on it.
    public static let sessionEnd = AuditAction(rawValue: "session_end")
    /// A person allowed a client something, or took it back.
    public static let consent = AuditAction(rawValue: "consent")

    /// Whether the client is who it says it is: not if it has yet to prove it, or if a browser speaks for it.
    var isOfProvenClient: Bool { ![.clientAuthentication, .authorization, .consent, .deviceApproval].contains(self) }
}
