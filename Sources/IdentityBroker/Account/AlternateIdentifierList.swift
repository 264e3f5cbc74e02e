#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Alternate identifiers as one text, as stores keep them: a JSON array.
package struct AlternateIdentifierList: Sendable {
    package let identifiers: [AlternateIdentifier]

    package init(_ identifiers: [AlternateIdentifier]) {
        self.identifiers = identifiers
    }

    /// Reads a text; nil if it is not as ``text`` is written.
    package init?(text: String) {
        guard let list = try? JSONDecoder().decode([AlternateIdentifier].self, from: Data(text.utf8)) else {
            return nil
        }
        identifiers = list
    }

    package var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Any text can be written as JSON, so that nothing can fail here.
        return (try? encoder.encode(identifiers)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }
}
