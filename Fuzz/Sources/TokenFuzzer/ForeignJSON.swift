import Foundation

/// A JSON value as Foundation reads it, so that the reader under test does not vouch for itself.
indirect enum ForeignJSON: Decodable {
    case text(String)
    case object([String: ForeignJSON])
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let members = try? container.decode([String: ForeignJSON].self) {
            self = .object(members)
        } else {
            self = .other
        }
    }

    /// Reads a document. Raw control characters, which Foundation does not allow in strings, become spaces.
    static func read(_ document: [UInt8]) -> ForeignJSON? {
        try? JSONDecoder().decode(Self.self, from: Data(document.map { $0 < 0x20 ? 0x20 : $0 }))
    }

    subscript(name: String) -> ForeignJSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
