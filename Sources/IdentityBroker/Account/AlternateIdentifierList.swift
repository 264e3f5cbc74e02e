import StrictJSON

/// Alternate identifiers as text, as stores keep them: a JSON array.
package struct AlternateIdentifierList: Sendable {
    package let identifiers: [AlternateIdentifier]

    /// Whatever was written is read.
    private static let reader = JSONReader(limits: .init(maximumBytes: .max))

    package init(_ identifiers: [AlternateIdentifier]) {
        self.identifiers = identifiers
    }

    /// Parses the form that ``text`` writes; nil for anything else.
    package init?(text: String) {
        guard let list = (try? Self.reader.read(text.utf8))?.array else { return nil }
        identifiers = list.compactMap { $0.object.flatMap(AlternateIdentifier.init) }
        guard identifiers.count == list.count else { return nil }
    }

    package var text: String {
        JSONValue.array(identifiers.map { .object($0.members) }).json
    }
}
