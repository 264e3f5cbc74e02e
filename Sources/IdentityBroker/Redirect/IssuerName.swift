/// A name that an upstream may give itself in `iss`, in which words in braces stand for segments of the path.
struct IssuerName: Sendable {
    private static let longestWord = 64

    let template: String

    /// Whether a name is this one, byte for byte but for the words.
    func matches(_ name: String) -> Bool {
        let expected = template.split(separator: "/", omittingEmptySubsequences: false)
        let given = name.split(separator: "/", omittingEmptySubsequences: false)
        return expected.count == given.count
            && zip(expected, given).allSatisfy { expected, given in
                expected.hasPrefix("{") && expected.hasSuffix("}")
                    ? Self.isWord(given) : expected.utf8.elementsEqual(given.utf8)
            }
    }

    private static func isWord(_ text: Substring) -> Bool {
        (1...longestWord).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
    }
}
