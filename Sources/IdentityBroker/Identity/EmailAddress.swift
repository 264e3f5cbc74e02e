import Foundation

/// Exactly one e-mail address: one `addr-spec` of RFC 5322 §3.4.1 without comments, quotes or white space.
///
/// Strict on purpose: `a@evil.example,b@victim.example` was once accepted as one address (CVE-2022-35924).
public struct EmailAddress: Sendable, Hashable {
    /// The address in NFC; its domain in lower case.
    public let rawValue: String

    /// Parses an address. Returns nil for anything but exactly one.
    ///
    /// Letters may be composed or decomposed. A character that normalization replaces by another one is refused, such as
    /// the Kelvin sign, which would become `K`: that is another mailbox than the one that was verified.
    public init?(_ given: String) {
        let text = given.precomposedStringWithCanonicalMapping
        guard
            text.isIdentical(to: given) || given.decomposedStringWithCanonicalMapping.isIdentical(to: given)
        else { return nil }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254 else { return nil }
        let (local, domain) = (parts[0], parts[1].lowercased())
        guard (1...64).contains(local.utf8.count), Self.isDotAtom(local), Self.isDomain(domain) else { return nil }
        rawValue = "\(local)@\(domain)"
    }

    /// The domain, in lower case.
    package var domain: String {
        rawValue.split(separator: "@").last.map(String.init) ?? ""
    }

    private static func isDotAtom(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.unicodeScalars.allSatisfy(isAtomText)
        }
    }

    private static func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "!", "#", "$", "%", "&", "'", "*", "+", "-", "/", "=", "?", "^", "_", "`",
            "{", "|", "}", "~":
            true
        default:
            // RFC 6532 allows letters of other scripts; spaces, controls and invisible characters remain excluded.
            scalar.value > 0x7F && !scalar.properties.isDefaultIgnorableCodePoint
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        }
    }

    private static func isDomain(_ domain: String) -> Bool {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.unicodeScalars.allSatisfy { scalar in
                        scalar == "-" || ("0"..."9").contains(scalar)
                            || scalar.properties.isAlphabetic && !scalar.properties.isDefaultIgnorableCodePoint
                    }
            }
    }
}
