import IdentityBroker

/// A line of bounded length that contains one JSON object.
///
/// If something does not fit, the end of a long text or a whole member, it is left out and the line has
/// `"truncated":true`.
struct JSONLine: Sendable {
    /// The maximum length of a line in bytes, including its line feed.
    static let maximumLength = 16 * 1024
    /// The maximum length of one text in it, in bytes as written.
    static let maximumTextLength = 4 * 1024

    private static let truncationMark = Array(#","truncated":true"#.utf8)

    private var bytes: [UInt8] = []
    private var keys: Set<String> = []
    private var isTruncated = false
    /// Whether something did not fit.
    private(set) var isFull = false

    /// Adds a text.
    mutating func add(_ key: String, _ text: String) {
        let (value, isWhole) = Self.quoted(text)
        add(key, json: value)
        if !isWhole { isTruncated = true }
    }

    /// Adds a value that is already JSON.
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

    /// Records that something was left out.
    mutating func truncate() {
        isTruncated = true
    }

    /// The line, with its line feed.
    var text: [UInt8] {
        [UInt8(ascii: "{")] + bytes + (isTruncated ? Self.truncationMark : []) + [UInt8(ascii: "}"), 0x0A]
    }

    /// The text as a JSON string (RFC 8259 §7), and whether it is complete. Unprintable characters are escaped, since
    /// terminals and line readers would act on them.
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
