/// Another id of the same person, with the scope within which it means anything.
public struct AlternateIdentifier: Sendable, Hashable, Codable {
    /// What sort of id it is, in snake case, such as `wechat_openid`.
    public var type: String
    /// Within what it is unique, such as a mini program's app id; nil where that is not known.
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
