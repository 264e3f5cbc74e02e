/// Takes out of a text what must not be seen, before the text goes to a person or a log.
///
/// The last line of defence: what providers write is checked here rather than trusted.
struct Redactor: Sendable {
    private static let mark = "<redacted>"
    /// Texts shorter than this are left: they could stand anywhere, and say nothing.
    static let shortestSecret = 4
    /// Runs of digits at least this long are phone numbers as likely as not.
    private static let shortestPhoneNumber = 11
    /// The most Unicode scalars of a text that are kept.
    private static let longestText = 1024

    private let searches: [SecretSearch]

    init(_ secrets: [Secret]) {
        // The longest first, so that no shorter one cuts into a longer one and leaves a piece of it.
        searches = secrets.filter { $0.byteCount >= Self.shortestSecret }
            .sorted { $0.byteCount > $1.byteCount }
            .map(SecretSearch.init)
    }

    /// The text on one line, of bounded length, without the secrets and without long runs of digits.
    func redact(_ text: String) -> String {
        Self.escapingControls(Self.maskingDigits(redactSecrets(text)).prefixed(Self.longestText))
    }

    /// The text less the secrets, otherwise as it is.
    func redactSecrets(_ text: String) -> String {
        searches.reduce(text) { $1.replacingMatches(in: $0, with: Self.mark) }
    }

    /// Whether a secret appears in the text.
    func finds(in text: String) -> Bool {
        searches.contains { $0.matches(in: text) }
    }

    /// The value with the secrets taken out of every text in it, names included.
    func redactSecrets(_ value: AttributeValue) -> AttributeValue {
        guard finds(in: value) else { return value }
        return switch value {
        case .null, .boolean, .integer, .number: value
        case .string(let text): .string(redactSecrets(text))
        case .array(let values): .array(values.map(redactSecrets))
        case .object(let members): .object(redactSecrets(members))
        }
    }

    /// The values by name, with the secrets taken out of both. Of two names that become one, either value is kept.
    func redactSecrets(_ members: [String: AttributeValue]) -> [String: AttributeValue] {
        guard members.contains(where: { finds(in: $0.key) || finds(in: $0.value) }) else { return members }
        return Dictionary(members.map { (redactSecrets($0.key), redactSecrets($0.value)) }) { first, _ in first }
    }

    private func finds(in value: AttributeValue) -> Bool {
        switch value {
        case .null, .boolean, .integer, .number: false
        case .string(let text): finds(in: text)
        case .array(let values): values.contains(where: finds)
        case .object(let members): members.contains { finds(in: $0.key) || finds(in: $0.value) }
        }
    }

    private static func maskingDigits(_ text: String) -> String {
        guard text.utf8.count(where: { (0x30...0x39).contains($0) }) >= shortestPhoneNumber else { return text }
        var result = String.UnicodeScalarView()
        var run = String.UnicodeScalarView()
        func flush() {
            result += run.count < shortestPhoneNumber ? run : mark.unicodeScalars
            run.removeAll()
        }
        for scalar in text.unicodeScalars {
            if ("0"..."9").contains(scalar) {
                run.append(scalar)
            } else {
                flush()
                result.append(scalar)
            }
        }
        flush()
        return String(result)
    }

    private static func escapingControls(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: result += scalar.escaped(asASCII: true)
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}

extension String {
    /// Counts scalars: a single character can be of any length.
    fileprivate func prefixed(_ length: Int) -> String {
        utf8.count <= length || unicodeScalars.count <= length
            ? self : String(unicodeScalars.prefix(length)) + "…"
    }
}
