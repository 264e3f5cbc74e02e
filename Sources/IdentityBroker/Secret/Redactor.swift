import StrictJSON

/// Removes confidential parts from a text before it reaches a person or a log.
///
/// The last line of defense: it checks what providers write instead of trusting it.
struct Redactor: Sendable {
    private static let mark = "<redacted>"
    /// A shorter secret could occur anywhere, so it is only redacted where it is the whole text.
    static let shortestSecret = 4
    /// The same for a part of a credential, which may be a word, such as a scope.
    static let shortestPart = 8
    /// A run of digits at least this long is likely a phone number.
    private static let shortestPhoneNumber = 11
    /// The maximum number of Unicode scalars kept.
    private static let longestText = 1024

    private let searches: [SecretSearch]
    /// Those too short to search for.
    private let shortTexts: [Secret]

    /// - Parameter parts: Parts of a credential.
    init(_ secrets: [Secret], parts: [Secret] = []) {
        let long = secrets.filter { $0.byteCount >= Self.shortestSecret }
        let longParts = parts.filter { $0.byteCount >= Self.shortestPart }
        // Longest first, so that a shorter one cannot break up a longer one and leave part of it.
        searches = (longParts.isEmpty ? long : long + longParts).sorted { $0.byteCount > $1.byteCount }.map(
            SecretSearch.init)
        shortTexts =
            secrets.filter { (1..<Self.shortestSecret).contains($0.byteCount) }
            + parts.filter { (1..<Self.shortestPart).contains($0.byteCount) }
    }

    /// The text on one line, of limited length, without secrets and long runs of digits.
    func redact(_ text: String) -> String {
        if !shortTexts.isEmpty, shortTexts.contains(Secret(text)) { return Self.mark }
        return Self.escapingControls(Self.maskingDigits(redactSecrets(text)).prefixed(Self.longestText))
    }

    /// The text without secrets, otherwise unchanged.
    func redactSecrets(_ text: String) -> String {
        searches.reduce(text) { $1.replacingMatches(in: $0, with: Self.mark) }
    }

    /// Whether a secret appears in the text.
    func finds(in text: String) -> Bool {
        searches.contains { $0.matches(in: text) }
    }

    /// The value with secrets removed from every text in it, including names.
    func redactSecrets(_ value: JSONValue) -> JSONValue {
        guard finds(in: value) else { return value }
        return switch value {
        case .null, .bool, .number: value
        case .string(let text): .string(redactSecrets(text))
        case .array(let values): .array(values.map(redactSecrets))
        case .object(let object): .object(redactSecrets(object))
        }
    }

    /// The object with secrets removed from names and values. If two names become equal, either value is kept.
    func redactSecrets(_ object: JSONObject) -> JSONObject {
        guard finds(in: object) else { return object }
        return JSONObject(object.map { (redactSecrets($0.name), redactSecrets($0.value)) })
    }

    private func finds(in object: JSONObject) -> Bool {
        object.contains { finds(in: $0.name) || finds(in: $0.value) }
    }

    private func finds(in value: JSONValue) -> Bool {
        switch value {
        case .null, .bool, .number: false
        case .string(let text): finds(in: text)
        case .array(let values): values.contains(where: finds)
        case .object(let object): finds(in: object)
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
    /// Counts scalars: a single character can have any length.
    fileprivate func prefixed(_ length: Int) -> String {
        utf8.count <= length || unicodeScalars.count <= length
            ? self : String(unicodeScalars.prefix(length)) + "…"
    }
}
