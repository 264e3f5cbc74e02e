#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Alternate identifiers as text, as stores keep them: a JSON array.
package struct AlternateIdentifierList: Sendable {
    package let identifiers: [AlternateIdentifier]

    package init(_ identifiers: [AlternateIdentifier]) {
        self.identifiers = identifiers
    }

    /// Parses the form that ``text`` writes; nil for anything else.
    package init?(text: String) {
        guard let list = try? JSONDecoder().decode([AlternateIdentifier].self, from: Data(text.utf8)) else {
            return nil
        }
        identifiers = list
    }

    package var text: String {
        AttributeValue.array(identifiers.map { .object($0.members) }).json
    }
}

extension AlternateIdentifier {
    fileprivate var members: [String: AttributeValue] {
        var members: [String: AttributeValue] = ["type": .string(type), "value": .string(value)]
        if let scope { members["scope"] = .string(scope) }
        return members
    }
}
