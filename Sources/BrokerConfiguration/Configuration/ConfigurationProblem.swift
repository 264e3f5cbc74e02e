public import IdentityBroker

/// Why a configuration cannot be used: every problem found, in file order.
public struct ConfigurationError: Error, Sendable, Hashable {
    /// The problems; at least one.
    public let problems: [ConfigurationProblem]

    package init(problems: [ConfigurationProblem]) {
        self.problems = problems
    }

    init(_ fault: SourceFault, in file: String) {
        problems = [
            ConfigurationProblem(
                kind: fault.kind,
                file: file,
                position: fault.position,
                keyPath: SettingPath.document.text,
                message: fault.message
            )
        ]
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// One line per problem.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

extension BrokerError {
    /// The same failure as the answer to a login: the first problem, and the number of others.
    public init(_ error: ConfigurationError) {
        let kind: Kind =
            if error.problems.contains(where: { $0.kind == .defect }) {
                .internalError
            } else if error.problems.allSatisfy({ $0.kind == .unavailable }) {
                .unavailable
            } else {
                .misconfigured
            }
        let others = error.problems.count - 1
        let first = error.problems.first.map { "\($0)" } ?? ""
        self.init(kind, others > 0 ? "\(first) (And \(others) more.)" : first)
    }
}

/// One thing that is wrong, or unwise, in a configuration file.
///
/// It names keys but repeats no values, so it cannot contain a secret; a provider type's objections to its settings are
/// reported in the type's own words, without the secrets in the file.
public struct ConfigurationProblem: Sendable, Hashable {
    /// The stable code for what is wrong.
    public let kind: Kind
    /// The file's name, as given.
    public let file: String
    /// The position in the file; nil for the file as a whole.
    public let position: SourcePosition?
    /// The keys that lead to the setting, as in `providers.wxapp.limits.timeout`; empty for the document itself.
    public let keyPath: String
    /// What is wrong and what to write instead.
    public let message: String
}

extension ConfigurationProblem {
    /// The same problem of a file that was made of another one, in which it has another position.
    package func found(in original: String) -> ConfigurationProblem {
        ConfigurationProblem(kind: kind, file: original, position: nil, keyPath: keyPath, message: message)
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    /// `file:line:column: message`, or `file: message`, on one line: non-printable characters are escaped.
    public var description: String {
        (position.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)").printable
    }
}

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

extension ConfigurationProblem: Encodable {
    private enum CodingKeys: String, CodingKey {
        case kind, file, line, column
        case keyPath = "key_path"
        case message
    }

    /// Encodes `kind`, `file`, `line`, `column`, `key_path` and `message`; line and column are null if there is no
    /// position.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind.rawValue, forKey: .kind)
        try container.encode(file, forKey: .file)
        try container.encode(position?.line, forKey: .line)
        try container.encode(position?.column, forKey: .column)
        try container.encode(keyPath, forKey: .keyPath)
        try container.encode(message, forKey: .message)
    }
}
