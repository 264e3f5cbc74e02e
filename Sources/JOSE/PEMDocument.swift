import Foundation

/// A text in PEM form (RFC 7468 §2): one label, and its bytes.
public struct PEMDocument: Sendable {
    /// What it is, such as `CERTIFICATE`.
    public let label: String
    /// What is encoded, in DER.
    public let bytes: [UInt8]

    /// Reads the first document of a text, or the first whose label is wanted. Returns nil if there is none.
    public init?(_ text: String, where isWanted: (Substring) -> Bool = { _ in true }) {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace || $0 == " " } }
        let (start, end, dashes) = ("-----BEGIN ", "-----END ", "-----")
        func label(of line: String) -> Substring? {
            guard line.hasPrefix(start), line.hasSuffix(dashes) else { return nil }
            return line.dropFirst(start.count).dropLast(dashes.count)
        }
        guard let first = lines.firstIndex(where: { label(of: $0).map(isWanted) ?? false }),
            let label = label(of: lines[first])
        else { return nil }
        guard let last = lines[first...].firstIndex(where: { $0.hasPrefix("\(end)\(label)\(dashes)") }),
            let bytes = Data(base64Encoded: lines[(first + 1)..<last].joined()), !bytes.isEmpty
        else { return nil }
        self.label = String(label)
        self.bytes = Array(bytes)
    }

    /// The document alone, in lines of 64 characters.
    var text: String {
        let code = Data(bytes).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN \(label)-----\n\(code)\n-----END \(label)-----"
    }
}

extension PEMDocument: CustomReflectable {
    /// A mirror without children, since it may be a private key.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
