import FuzzSupport
import StrictJSON

/// What the strict reader guarantees for every document.
enum JSONProperties {
    /// Larger than any input, even if written again, so that limits do not affect the result.
    private static let limits = JSONReader.Limits(maximumBytes: 16 * 1024 * 1024, maximumDepth: 128)
    private static let strict = JSONReader(limits: limits)
    private static let lenient = JSONReader(limits: limits, allowsRawControlCharactersInStrings: true)

    static func check(_ document: [UInt8]) {
        let outcome = strict.outcome(document)
        checkWaysIn(document, outcome)
        switch outcome {
        case .success(let value):
            property("What is read is read alike where raw controls are allowed", holds: lenient.reads(document, value))
            checkLimits(document, value)
            let document = checkByteOrderMark(document, value)
            checkSurroundings(document, value)
            checkTruncation(document, value)
            checkWriting(value)
            ValueProperties.check(value)
            FoundationAgreement.check(document, value)
        case .failure(let error):
            checkRefusal(document, error)
            checkRawControls(document, error)
        }
    }

    /// The document is the same in whatever form the bytes are passed.
    private static func checkWaysIn(_ document: [UInt8], _ outcome: Result<JSONValue, JSONError>) {
        property("A span is read like an array", holds: strict.outcome(document.span) == outcome)
        let scattered = document.lazy.map { $0 }
        property("Bytes that are not contiguous are read like an array", holds: strict.outcome(scattered) == outcome)
    }

    /// A document at a limit is accepted, and one beyond it refused.
    private static func checkLimits(_ document: [UInt8], _ value: JSONValue) {
        var reader = strict
        reader.limits.maximumBytes = document.count
        property("A document of the greatest length is read", holds: reader.reads(document, value))
        reader.limits.maximumBytes = document.count - 1
        property("A document that is too long is refused", holds: reader.refuses(document, .documentTooLarge))

        let depth = value.depth
        property("No document is deeper than any limit allows", holds: depth <= limits.maximumDepth)
        reader = strict
        reader.limits.maximumDepth = depth
        property("A document of the greatest depth is read", holds: reader.reads(document, value))
        guard depth > 0 else { return }
        reader.limits.maximumDepth = depth - 1
        property("A document that is too deep is refused", holds: reader.refuses(document, .nestingTooDeep))
    }

    /// A leading byte order mark changes nothing. Returns the document without it.
    private static func checkByteOrderMark(_ document: [UInt8], _ value: JSONValue) -> [UInt8] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard document.starts(with: mark) else {
            property("A byte order mark changes nothing", holds: strict.reads(mark + document, value))
            return document
        }
        let rest = Array(document.dropFirst(mark.count))
        property("A document is read without its byte order mark as with it", holds: strict.reads(rest, value))
        return rest
    }

    private static func checkSurroundings(_ document: [UInt8], _ value: JSONValue) {
        let padding = Array(" \t\r\n".utf8)
        property(
            "White space around a document changes nothing", holds: strict.reads(padding + document + padding, value))
        property(
            "Anything else behind a document is refused where it stands",
            holds: strict.outcome(document + Array(",".utf8)).error
                .map { $0.code == .trailingContent && $0.offset == document.count } == true
        )
    }

    /// A truncated string, array or object is never accepted as a shorter one.
    private static func checkTruncation(_ document: [UInt8], _ value: JSONValue) {
        guard value.string != nil || value.array != nil || value.object != nil else { return }
        let end = document.lastIndex { !" \t\r\n".utf8.contains($0) } ?? 0
        for length in [end, end / 2, end / 3] {
            let error = strict.outcome(document[..<length]).error
            property(
                "What is missing is missed where it ends",
                holds: error.map { $0.code == .unexpectedEnd && $0.offset == length } == true
            )
        }
    }

    private static func checkWriting(_ value: JSONValue) {
        for escaping in [JSONText.Escaping.necessary, .everything] {
            let text = JSONText.writing(value, escaping: escaping)
            property("What is written anew reads as it was", holds: strict.reads(Array(text.utf8), value))
        }
        let json = value.json
        let read = try? strict.read(json.utf8)
        property("What StrictJSON writes reads as it was", holds: read == value)
        property("Equal values are written alike", holds: read?.json == json)
    }

    private static func checkRefusal(_ document: [UInt8], _ error: JSONError) {
        property("A fault lies in the document", holds: (0...document.count).contains(error.offset))
        property("A fault is told in a sentence of our own", holds: "\(error)".utf8.count <= 100)
        let isShort = error.code == .unexpectedEnd
        property("A document ends too soon at its end", holds: !isShort || error.offset == document.count)
        guard !isShort else { return }
        property(
            "The first fault stays the first, whatever follows",
            holds: strict.outcome(document + Array("]}\"".utf8)).error == error
        )
    }

    /// A reader that allows raw control characters accepts nothing else that the strict one refuses.
    private static func checkRawControls(_ document: [UInt8], _ error: JSONError) {
        guard let value = try? lenient.read(document) else { return }
        property("Raw controls are all that may stand against it", holds: error.code == .controlCharacter)
        checkWriting(value)
    }
}
