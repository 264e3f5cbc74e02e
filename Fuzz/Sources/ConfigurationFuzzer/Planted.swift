import FuzzSupport
import IdentityBroker

/// The secrets that a file contains or refers to, which no message may repeat.
struct Planted {
    /// The text that stands for a secret in files.
    private static let literal = "planted-literal"
    /// The value of environment variables and secret files.
    private static let resolved = "planted-elsewhere"

    /// Resolves every reference to the same secret, except to variables that are not set.
    static let resolver = SecretResolver(
        environment: { $0.hasPrefix("UNSET") ? nil : resolved },
        readFile: { _ in Array(resolved.utf8) }
    )

    /// Whether the literal occurs only as a value: messages may name keys.
    private let isValue: Bool

    init(in yaml: [UInt8]) {
        isValue = Self.isValue(in: yaml)
    }

    func checkAbsence(from text: String) {
        property("A secret that was looked up is not repeated", holds: !text.holds(Self.resolved))
        property("A secret in the file is not repeated", holds: !isValue || !text.holds(Self.literal))
    }

    private static func isValue(in yaml: [UInt8]) -> Bool {
        let openings = ["literal: ", "secret: ", "tokenKey: "].flatMap { key in
            ["", "\"", "'"].map { Array((key + $0).utf8) }
        }
        return yaml.places(of: literal).allSatisfy { place in
            openings.contains { yaml[..<place].suffix($0.count).elementsEqual($0) }
        }
    }
}
