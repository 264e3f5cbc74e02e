/// The languages that a browser asks for (RFC 9110 §12.5.4).
struct AcceptedLanguages {
    /// Preferred ones first; what is excluded, or is no language, is missing.
    let tags: [String]

    /// More than a browser sends.
    private static let mostTags = 32

    init(_ field: String) {
        let ranges = field.split(separator: ",").prefix(Self.mostTags).compactMap { range -> (String, Double)? in
            let parts = range.split(separator: ";", omittingEmptySubsequences: false)
            guard let tag = parts.first?.trimming(while: \.isWhitespace), !tag.isEmpty else { return nil }
            let weight = parts.dropFirst().lazy.map { $0.trimming(while: \.isWhitespace) }.first { $0.hasPrefix("q=") }
            let quality = weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            return quality > 0 ? (String(tag), min(quality, 1)) : nil
        }
        // Of those with the same weight, the first comes first.
        tags = ranges.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element.0)
    }
}
