extension String {
    /// Byte by byte: `==` treats canonically equivalent bytes as equal.
    func isIdentical(to other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension String? {
    /// Whether both are nil, or the same byte by byte.
    func isIdentical(to other: String?) -> Bool {
        switch (self, other) {
        case (let text?, let other?): text.isIdentical(to: other)
        case (nil, nil): true
        default: false
        }
    }

    /// The text in quotes, cut to a readable length.
    var shown: String { map { "\"\($0.prefix(100))\"" } ?? "nil" }
}
