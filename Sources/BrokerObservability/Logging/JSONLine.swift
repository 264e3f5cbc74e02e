import IdentityBroker
import Logging

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

extension JSONLine {
    /// How deeply nested metadata is followed.
    private static let maximumDepth = 8

    /// Adds metadata sorted by key, nested values under their path: `a.b`, `a.0`.
    mutating func add(_ metadata: Logger.Metadata) {
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where !isFull { add(key, value, depth: 1) }
    }

    private mutating func add(_ key: String, _ value: Logger.MetadataValue, depth: Int) {
        switch value {
        case .string(let text):
            add(key, text)
        case .stringConvertible(let value):
            if let literal = Self.literal(value) { add(key, json: literal) } else { add(key, value.description) }
        case .dictionary, .array:
            guard depth < Self.maximumDepth else { return truncate() }
            for (name, member) in value.members where !isFull { add("\(key).\(name)", member, depth: depth + 1) }
        }
    }

    /// Numbers and Booleans as JSON literals.
    private static func literal(_ value: any CustomStringConvertible) -> [UInt8]? {
        switch value {
        case let value as any BinaryInteger: Array("\(value)".utf8)
        case let value as Bool: Array("\(value)".utf8)
        case let value as Double where value.isFinite: Array("\(value)".utf8)
        default: nil
        }
    }
}

extension Logger.MetadataValue {
    /// The values nested in this one, in order.
    fileprivate var members: [(name: String, value: Logger.MetadataValue)] {
        switch self {
        case .string, .stringConvertible: []
        case .dictionary(let members): members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        case .array(let values): values.enumerated().map { ("\($0.offset)", $0.element) }
        }
    }
}
