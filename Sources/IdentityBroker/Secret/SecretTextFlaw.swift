/// Something that no secret should contain: a trace of an editor, a shell or an orchestrator.
///
/// Such a secret differs from the one that was issued, and nothing shows why it is refused.
package enum SecretTextFlaw: Sendable, Hashable {
    case byteOrderMark
    case trailingLineBreak
    case surroundingSpace
    case innerLineBreak
    case controlCharacter
    case invisibleCharacter

    /// Finds the first flaw. Keys in PEM form (RFC 7468) may have several lines.
    package init?(in text: String) {
        let scalars = text.unicodeScalars
        let isPEM = text.hasPrefix("-----BEGIN ")
        func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
            "\n\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains(scalar)
        }
        if scalars.contains("\u{FEFF}") {
            self = .byteOrderMark
        } else if !isPEM, let last = scalars.last, isLineBreak(last) {
            self = .trailingLineBreak
        } else if !isPEM, let first = scalars.first, let last = scalars.last,
            first.properties.isWhitespace || last.properties.isWhitespace
        {
            self = .surroundingSpace
        } else if !isPEM, scalars.contains(where: isLineBreak) {
            self = .innerLineBreak
        } else if scalars.contains(where: { $0.properties.generalCategory == .control && !isLineBreak($0) }) {
            self = .controlCharacter
        } else if scalars.contains(where: { $0.properties.generalCategory == .format }) {
            self = .invisibleCharacter
        } else {
            return nil
        }
    }

    /// What is wrong and how to fix it, as the predicate of a sentence about the text.
    package var predicate: String {
        switch self {
        case .byteOrderMark: "holds a byte order mark. Save it as UTF-8 without one."
        case .trailingLineBreak: "ends with a line break. Remove it; printf, unlike echo, writes none."
        case .surroundingSpace: "begins or ends with white space. Remove it."
        case .innerLineBreak: "has more than one line. A secret is one line, unless it is a key in PEM form."
        case .controlCharacter: "holds a control character. Remove it."
        case .invisibleCharacter: "holds an invisible character. Remove it."
        }
    }
}

/// Why a text cannot be a client's secret.
package enum ClientSecretFlaw: Sendable, Hashable {
    /// It could be guessed.
    case tooShort
    /// It contains something other than printable ASCII, which no client can send (RFC 6749 App. A.2).
    case notPrintableASCII

    /// How many secrets a client may have.
    package static let mostSecrets = 8
    /// The minimum length of a secret in bytes.
    package static let minimumBytes = 16

    /// Finds the first flaw.
    package init?(in secret: Secret) {
        if secret.byteCount < Self.minimumBytes {
            self = .tooShort
        } else if !secret.revealBytes().allSatisfy({ (0x20...0x7E).contains($0) }) {
            self = .notPrintableASCII
        } else {
            return nil
        }
    }
}
