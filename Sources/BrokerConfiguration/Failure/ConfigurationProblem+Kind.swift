extension ConfigurationProblem {
    /// The stable code for what is wrong with a configuration file.
    public struct Kind: Sendable, Hashable {
        private enum Code: String, Sendable {
            case unreadable
            case malformed
            case refusedSyntax = "refused_syntax"
            case duplicateKey = "duplicate_key"
            case unsupportedVersion = "unsupported_version"
            case unknownKey = "unknown_key"
            case missingKey = "missing_key"
            case wrongType = "wrong_type"
            case invalidValue = "invalid_value"
            case unresolvedSecret = "unresolved_secret"
            case refusedSettings = "refused_settings"
            case needsRestart = "needs_restart"
            case unavailable
            case defect
            case advice
        }

        private let code: Code

        /// The code in snake case.
        public var rawValue: String { code.rawValue }

        /// The file is unreadable, or too long for a configuration.
        public static let unreadable = Kind(code: .unreadable)
        /// The file is not UTF-8 text, or not YAML.
        public static let malformed = Kind(code: .malformed)
        /// It uses YAML features that configuration does not allow: anchors, tags, several documents.
        public static let refusedSyntax = Kind(code: .refusedSyntax)
        /// A key occurs twice in one mapping.
        public static let duplicateKey = Kind(code: .duplicateKey)
        /// The file is written for another version of the broker.
        public static let unsupportedVersion = Kind(code: .unsupportedVersion)
        /// No setting has this name.
        public static let unknownKey = Kind(code: .unknownKey)
        /// A required setting is missing.
        public static let missingKey = Kind(code: .missingKey)
        /// A mapping, list or scalar was given where another type is expected.
        public static let wrongType = Kind(code: .wrongType)
        /// The value has the right type, but is invalid.
        public static let invalidValue = Kind(code: .invalidValue)
        /// A secret reference cannot be resolved.
        public static let unresolvedSecret = Kind(code: .unresolvedSecret)
        /// The provider type or the store kind refuses these settings.
        public static let refusedSettings = Kind(code: .refusedSettings)
        /// It is valid, but takes effect only after a restart.
        public static let needsRestart = Kind(code: .needsRestart)
        /// The configuration is valid, but something it refers to cannot be used now.
        public static let unavailable = Kind(code: .unavailable)
        /// A provider type or a store kind violates its own manifest, or fails for another internal reason.
        public static let defect = Kind(code: .defect)
        /// Nothing is wrong, but something is unwise.
        public static let advice = Kind(code: .advice)
    }
}

extension ConfigurationProblem.Kind: CustomStringConvertible {
    /// The code in snake case.
    public var description: String { rawValue }
}
