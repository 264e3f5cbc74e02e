extension ConfigurationProblem {
    /// The stable word for what is wrong with a configuration file.
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

        /// The word in snake case.
        public var rawValue: String { code.rawValue }

        /// The file cannot be read, or is too long to be a configuration.
        public static let unreadable = Kind(code: .unreadable)
        /// The file is not UTF-8 text or no YAML.
        public static let malformed = Kind(code: .malformed)
        /// It is YAML, but of a sort that configuration does without: anchors, tags, several documents.
        public static let refusedSyntax = Kind(code: .refusedSyntax)
        /// A key stands twice in one mapping.
        public static let duplicateKey = Kind(code: .duplicateKey)
        /// The file is written for another version of the broker.
        public static let unsupportedVersion = Kind(code: .unsupportedVersion)
        /// Nothing has a setting of this name.
        public static let unknownKey = Kind(code: .unknownKey)
        /// A setting that must be there is not.
        public static let missingKey = Kind(code: .missingKey)
        /// A mapping, list or scalar stands where something else belongs.
        public static let wrongType = Kind(code: .wrongType)
        /// The value is of the right type and no good nevertheless.
        public static let invalidValue = Kind(code: .invalidValue)
        /// What a secret's reference points at is not there.
        public static let unresolvedSecret = Kind(code: .unresolvedSecret)
        /// The provider type or the store kind does not take these settings.
        public static let refusedSettings = Kind(code: .refusedSettings)
        /// It is valid, but takes effect only after a restart.
        public static let needsRestart = Kind(code: .needsRestart)
        /// Nothing is wrong with the configuration, but what it refers to cannot be used now.
        public static let unavailable = Kind(code: .unavailable)
        /// A provider type or a store kind does not keep to its own manifest, or fails for another reason of its own.
        public static let defect = Kind(code: .defect)
        /// Nothing is wrong, but something is unwise.
        public static let advice = Kind(code: .advice)
    }
}

extension ConfigurationProblem.Kind: CustomStringConvertible {
    /// The word in snake case.
    public var description: String { rawValue }
}
