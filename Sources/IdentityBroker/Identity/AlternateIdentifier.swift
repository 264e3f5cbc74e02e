/// Another id of the same person, with the scope in which it is unique.
public struct AlternateIdentifier: Sendable, Hashable, Codable {
    /// The type of id in snake case, such as `wechat_openid`.
    public var type: String
    /// The scope in which it is unique, such as a mini program's app id; nil if unknown.
    public var scope: String?
    /// The id.
    public var value: String

    /// Makes an identifier.
    public init(type: String, scope: String? = nil, value: String) {
        self.type = type
        self.scope = scope
        self.value = value
    }
}
