import IdentityBroker

/// A line that holds one JSON object, within a bound on its length.
///
/// What does not fit is left out, a long text's end or a whole member, and the line says so: `"truncated":true`.
struct JSONLine: Sendable {
    /// How long a line gets, its line feed included.
    static let maximumLength = 16 * 1024
    /// How long one text in it gets, as it is written.
    static let maximumTextLength = 4 * 1024

    private static let truncationMark = Array(#","truncated":true"#.utf8)

    private var bytes: [UInt8] = []
    private var keys: Set<String> = []
    private var isTruncated = false
    /// Whether there was no room for something.
    private(set) var isFull = false

    /// Adds a text.
    mutating func add(_ key: String, _ text: String) {
        let (value, isWhole) = Self.quoted(text)
        add(key, json: value)
        if !isWhole { isTruncated = true }
    }

    /// Adds a value that is written in JSON already.
    mutating func add(_ key: String, json: [UInt8]) {
        let (name, isWhole) = Self.quoted(key)
        let brackets = 4 + Self.truncationMark.count
        isFull = isFull || bytes.count + name.count + json.count + brackets >= Self.maximumLength
        guard isWhole, !isFull, keys.insert(key).inserted else { return truncate() }
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes += name
        bytes.append(UInt8(ascii: ":"))
        bytes += json
    }

    /// Notes that something was left out.
    mutating func truncate() {
        isTruncated = true
    }

    /// The line, with its line feed.
    var text: [UInt8] {
        [UInt8(ascii: "{")] + bytes + (isTruncated ? Self.truncationMark : []) + [UInt8(ascii: "}"), 0x0A]
    }

    /// A JSON text (RFC 8259 §7), and whether all of it is there. What is not printable is escaped: a terminal, or a reader of
    /// lines, obeys it.
    private static func quoted(_ text: String) -> (json: [UInt8], isWhole: Bool) {
        var json = [UInt8(ascii: "\"")]
        for scalar in text.unicodeScalars {
            let length = json.count
            switch scalar {
            case "\"", "\\":
                json += [UInt8(ascii: "\\"), UInt8(scalar.value)]
            case "\n":
                json += #"\n"#.utf8
            case _ where !scalar.isPrintable:
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                    let digits = String(unit, radix: 16)
                    json += (#"\u"# + String(repeating: "0", count: 4 - digits.count) + digits).utf8
                }
            default:
                json += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
            guard json.count < maximumTextLength else {
                return (json[..<length] + [UInt8(ascii: "\"")], false)
            }
        }
        return (json + [UInt8(ascii: "\"")], true)
    }
}
