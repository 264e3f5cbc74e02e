import HTTPTypes
import IdentityBroker

/// An answer in its raw form, so that the loop's thread need not parse it.
struct IncomingAnswer: Sendable {
    /// The status code, unchecked.
    let status: Int
    /// Status line and fields of the final answer, as on the wire.
    let head: [UInt8]
    let body: [UInt8]
}

extension UpstreamResponse {
    /// Reads an answer.
    ///
    /// - Throws: ``TransportFailure/Reason/malformedResponse`` if the status is not one of RFC 9110 §15,
    ///   ``TransportFailure/Reason/headersTooLarge`` if there are more fields than any upstream sends.
    init(_ answer: IncomingAnswer) throws(TransportFailure) {
        guard (200...599).contains(answer.status) else {
            throw TransportFailure(.malformedResponse, mayHaveLeft: true)
        }
        let head = answer.head
        guard HTTPFields.mayRead(head: head) else {
            throw TransportFailure(.headersTooLarge, mayHaveLeft: true)
        }
        self.init(status: HTTPResponse.Status(code: answer.status), body: answer.body) {
            // The check above ensures that there are not too many.
            HTTPFields(head: head) ?? [:]
        }
    }
}

extension HTTPFields {
    /// No upstream sends more fields than this, except to attack code that searches them.
    static let maximumCount = 1000

    /// Whether a header section has no more fields than ``maximumCount``.
    static func mayRead(head: [UInt8]) -> Bool {
        // A field has a name, a colon and a line feed. Few sections are long enough to have too many.
        head.count <= 3 * maximumCount || HTTPFields(head: head) != nil
    }

    /// Reads the fields of an HTTP/1.1 header section that begins with its status line.
    ///
    /// A line that is not a field is skipped: libcurl has already read the framing, and nothing else can depend on a
    /// field without a name. Returns nil if there are more than ``maximumCount``.
    init?(head: [UInt8]) {
        // Adding fields to `HTTPFields` one by one would move the earlier ones each time.
        var fields: [HTTPField] = []
        var rest = head[...].afterLine
        while !rest.isEmpty {
            let line = rest.prefix(upTo: rest.endOfFieldLine)
            rest = rest[line.endIndex...].dropFirst()
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                let name = HTTPField.Name(String(decoding: line[..<colon], as: UTF8.self))
            else { continue }
            guard fields.count < Self.maximumCount else { return nil }
            fields.append(HTTPField(name: name, lenientValue: line[colon...].dropFirst().trimmed))
        }
        self.init(fields)
    }
}

extension ArraySlice<UInt8> {
    /// The text after the first line feed.
    fileprivate var afterLine: Self {
        guard let lineFeed = firstIndex(of: UInt8(ascii: "\n")) else { return [] }
        return self[lineFeed...].dropFirst()
    }

    /// The first line feed that is not followed by white space: a line that begins with white space continues the one
    /// before (RFC 9112 §5.2). The line feeds inside become spaces with the value.
    fileprivate var endOfFieldLine: Index {
        var index = startIndex
        while let lineFeed = self[index...].firstIndex(of: UInt8(ascii: "\n")) {
            index = lineFeed + 1
            guard index < endIndex, self[index] == 0x20 || self[index] == 0x09 else { return lineFeed }
        }
        return endIndex
    }

    /// The text without the white space around it.
    fileprivate var trimmed: Self {
        let front = drop(while: Self.isWhiteSpace)
        return front.dropLast(front.reversed().prefix(while: Self.isWhiteSpace).count)
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
