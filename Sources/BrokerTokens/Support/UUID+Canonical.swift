import Foundation

extension UUID {
    /// The id in lower case (RFC 9562 §4).
    var canonical: String { uuidString.lowercased() }

    /// Reads an id in the one form that ``canonical`` writes; nil for any other text.
    init?(canonical text: String) {
        guard let id = UUID(uuidString: text), id.canonical == text else { return nil }
        self = id
    }
}
