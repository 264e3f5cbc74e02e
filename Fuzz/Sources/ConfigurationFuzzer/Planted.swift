import FuzzSupport
import IdentityBroker

/// The secrets that a file holds or points at, which no message may repeat.
struct Planted {
    /// The text that stands for a secret in files.
    private static let literal = "planted-literal"
    /// What environment variables and files of secrets hold.
    private static let resolved = "planted-elsewhere"

    /// Finds the same secret behind every reference but those to variables that are not set.
    static let resolver = SecretResolver(
        environment: { $0.hasPrefix("UNSET") ? nil : resolved },
        readFile: { _ in Array(resolved.utf8) }
    )

    /// Whether the literal stands in the file as a value only: what is meant as a key may be named.
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
