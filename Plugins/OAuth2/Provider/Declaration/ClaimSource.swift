import IdentityBroker
import StrictJSON
import UpstreamAPI

/// Where a claim comes from: a pointer, or a text with pointers in braces.
struct ClaimSource: DeclarationText {
    static let expectation =
        "a JSON Pointer such as /name, or a text with pointers in braces such as https://id.example/{/id}.png"
    /// What stands before a pointer to several segments of a URL, as in RFC 6570 §3.2.3.
    private static let several = "+"

    private enum Part: Sendable, Hashable {
        case text(String)
        case value(Pointer)
        /// A value that is several segments of a URL.
        case segments(Pointer)
    }

    let written: String
    private let parts: [Part]

    init?(_ text: String) {
        written = text
        if let pointer = Pointer(text), !text.isEmpty {
            parts = [.value(pointer)]
            return
        }
        var (parts, rest) = ([Part](), text[...])
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            let name = rest[rest.index(after: open)..<close]
            // A brace that is not closed would hide what comes after it.
            guard !name.contains("{"), let pointer = Pointer(String(name.trimmingPrefix(Self.several))),
                !pointer.written.isEmpty
            else {
                return nil
            }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(name.hasPrefix(Self.several) ? .segments(pointer) : .value(pointer))
            rest = rest[rest.index(after: close)...]
        }
        guard !parts.isEmpty, !rest.contains("}") else { return nil }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    /// The text in a record; nil if a value that it needs is missing, empty, or no text or whole number.
    ///
    /// In an https URL, a value is one segment or parameter, whatever is in it, unless it may be several.
    func text(in record: JSONValue) -> String? {
        let isURL = written.hasPrefix("https://")
        var result = ""
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .value(let pointer):
                guard let value = pointer.id(in: record), !value.isEmpty else { return nil }
                result += isURL ? value.percentEncoded : value
            case .segments(let pointer):
                guard let segments = pointer.id(in: record)?.split(separator: "/", omittingEmptySubsequences: false),
                    !segments.contains(where: { ["", ".", ".."].contains($0) })
                else { return nil }
                result += segments.map { String($0).percentEncoded }.joined(separator: "/")
            }
        }
        return result
    }
}

extension ClaimSource: ExpressibleByStringLiteral {
    /// A source written in source code.
    ///
    /// - Precondition: The literal is a source; another one is a programming error that shows at the first run.
    init(stringLiteral literal: String) {
        guard let source = ClaimSource(literal) else { preconditionFailure("'\(literal)' is not a claim's source.") }
        self = source
    }
}
