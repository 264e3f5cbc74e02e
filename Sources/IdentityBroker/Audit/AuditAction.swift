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
