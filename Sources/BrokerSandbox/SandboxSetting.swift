/// A setting of a provider instance, under `settings:`.
public struct SandboxSetting: Sendable {
    /// The value.
    public indirect enum Value: Sendable {
        /// Text, written as is.
        case text(String)
        /// `true` or `false`.
        case boolean(Bool)
        /// A secret, which the configuration refers to rather than contains.
        case secret(String)
        /// The contents of a file, of which the setting is the path.
        case file(String)
        /// A list of texts.
        case list([String])
        /// A mapping.
        case object([SandboxSetting])
    }

    /// The key under `settings:`, or in its mapping.
    public let key: String
    /// The value.
    public let value: Value

    /// Creates a setting.
    public init(_ key: String, _ value: Value) {
        self.key = key
        self.value = value
    }
}
