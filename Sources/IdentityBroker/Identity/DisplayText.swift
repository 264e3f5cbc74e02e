import Foundation

/// Text chosen by an upstream's user and shown to people.
public enum DisplayText {
    /// The maximum number of characters in a name.
    static let longestName = 128
    /// The maximum number of bytes in a name: one character can carry any number of marks.
    static let longestNameBytes = 4096

    /// The text in NFC, stripped of control characters, bidirectional and other invisible formatting, unassigned and
    /// private-use characters and surrounding white space, and cut to 128 characters or 4 KiB.
    ///
    /// Joiners and variation selectors stay within emoji and scripts that need them.
    ///
    /// - Returns: Nil if nothing visible is left.
    public static func cleaned(_ text: String) -> String? {
        if isClean(text) { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where isShown(scalar) {
            scalars.append(scalar)
        }
        let composed = String(scalars).precomposedStringWithCanonicalMapping
        let trimmed = composed.trimmingCharacters(in: .whitespacesAndNewlines)
        let shown = bounded(trimmed).trimmingCharacters(in: .whitespacesAndNewlines)
        return shown.unicodeScalars.contains(where: isVisible) ? shown : nil
    }

    /// Whether cleaning evidently changes nothing: the text is short, has no surrounding white space, and consists of
    /// printable ASCII and common Chinese characters (U+4E00 to U+9FEF), none of which combine.
    private static func isClean(_ text: String) -> Bool {
        let space = UInt8(ascii: " ")
        guard (1...longestName).contains(text.utf8.count), text.utf8.first != space, text.utf8.last != space else {
            return false
        }
        var bytes = text
        if bytes.withUTF8({ $0.allSatisfy { (0x20...0x7E).contains($0) } }) { return true }
        return text.unicodeScalars.allSatisfy {
            ("\u{20}"..."\u{7E}").contains($0) || ("\u{4E00}"..."\u{9FEF}").contains($0)
        }
    }

    /// As many whole characters as the limits allow.
    private static func bounded(_ text: String) -> String {
        var kept = ""
        for character in text.prefix(longestName) {
            guard kept.utf8.count + character.utf8.count <= longestNameBytes else { break }
            kept.append(character)
        }
        return kept
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
        // Fillers are letters that are invisible.
        default: !scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isVariationSelector
        }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .format, .nonspacingMark, .enclosingMark, .spaceSeparator: false
        default: scalar != "\u{2800}"  // the Braille pattern without a dot
        }
    }
}
