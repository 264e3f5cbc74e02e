public import IdentityBroker

extension AuditAction {
    /// An exchange of a credential for tokens ended outside its login. The outcome of the login itself is an
    /// ``AuditAction/login`` with the client's id.
    public static let tokenExchange = AuditAction(rawValue: "token_exchange")
    /// A refresh token was presented.
    public static let refresh = AuditAction(rawValue: "refresh")
    /// A client asked to end a grant.
    public static let revoke = AuditAction(rawValue: "revoke")
    /// A client introspected a token.
    public static let introspect = AuditAction(rawValue: "introspect")
    /// A client asked for a person's claims with an access token.
    public static let userInfo = AuditAction(rawValue: "userinfo")
    /// A client's authentication.
    public static let clientAuthentication = AuditAction(rawValue: "client_authentication")
}
