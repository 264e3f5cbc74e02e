public import IdentityBroker

extension AuditAction {
    /// An exchange of a credential for tokens ended outside its login. The outcome of the login itself
    /// is a ``AuditAction/login`` with the client's id.
    public static let tokenExchange = AuditAction(rawValue: "token_exchange")
    /// A refresh token was presented.
    public static let refresh = AuditAction(rawValue: "refresh")
    /// A grant was to be ended.
    public static let revoke = AuditAction(rawValue: "revoke")
    /// A token was asked about.
    public static let introspect = AuditAction(rawValue: "introspect")
    /// The claims of a person were asked for with an access token.
    public static let userInfo = AuditAction(rawValue: "userinfo")
    /// A client said who it is.
    public static let clientAuthentication = AuditAction(rawValue: "client_authentication")
}
