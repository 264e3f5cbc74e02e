import Foundation
import IdentityBroker

/// A file with certificates of authorities in PEM form (RFC 7468 §5), as a connection needs it.
struct AuthorityFile: Sendable {
    let path: String

    /// No bundle of authorities is larger, and a device file has no end.
    private static let maximumBytes = 16 * 1024 * 1024
    private static let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]

    /// Why no authority can be read from it; nil if one can.
    var problem: String? {
        let contents: [UInt8]
        do {
            contents = try FileDescriptorReader(path: path).read(atMost: Self.maximumBytes)
        } catch {
            return "The file \(path) cannot be read. Check that it exists and its permissions."
        }
        return Self.problem(of: String(decoding: contents, as: UTF8.self))
    }

    /// The TLS library accepts all of a file's certificates or none.
    static func problem(of text: String) -> String? {
        let advice = "It must hold the authorities' certificates in PEM form."
        var count = 0
        var block: (label: String, base64: String)?
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmingSuffix(while: \.isWhitespace)
            if line.hasPrefix("-----BEGIN "), line.hasSuffix("-----") {
                block = (String(line.dropFirst(11).dropLast(5)), "")
            } else if let (label, base64) = block, line == "-----END \(label)-----" {
                block = nil
                guard labels.contains(label) else { continue }
                guard isCertificate(base64) else {
                    return "Certificate \(count + 1) of the file is damaged. \(advice)"
                }
                count += 1
            } else {
                block?.base64 += line
            }
        }
        if let label = block?.label, labels.contains(label) { return "The file is cut off. \(advice)" }
        return count == 0 ? "The file holds no certificate. \(advice)" : nil
    }

    /// Whether this has the form of a complete certificate (RFC 5280 §4.1): a sequence of the signed part, which begins
    /// with a version or a serial number, the algorithm and the signature. A trusted certificate
    /// (`TRUSTED CERTIFICATE`) is followed by what it is trusted for.
    private static func isCertificate(_ base64: String) -> Bool {
        var input = Data(base64Encoded: base64).map { [UInt8]($0)[...] } ?? []
        guard let certificate = DERElement(readingFrom: &input), certificate.tag == DERElement.sequence,
            let parts = certificate.elements,
            parts.map(\.tag) == [DERElement.sequence, DERElement.sequence, DERElement.bitString],
            let first = parts[0].elements?.first
        else { return false }
        return [DERElement.integer, DERElement.version].contains(first.tag)
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}

/// An element of the Distinguished Encoding Rules (X.690 §8.1): its tag and its contents.
struct DERElement {
    let tag: UInt8
    let content: ArraySlice<UInt8>

    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let sequence: UInt8 = 0x30
    /// The first context-specific tag, which holds a certificate's version.
    static let version: UInt8 = 0xA0

    /// Removes an element from the front of some bytes. Returns nil if they do not begin with a complete one.
    init?(readingFrom bytes: inout ArraySlice<UInt8>) {
        var rest = bytes
        guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
        var length = Int(first)
        // X.690 §8.1.3: the length in one byte, or in as many as the first says.
        if first >= 0x80 {
            let size = Int(first & 0x7F)
            guard (1...3).contains(size), rest.count >= size else { return nil }
            length = rest.prefix(size).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(size)
        }
        guard rest.count >= length else { return nil }
        self.tag = tag
        content = rest.prefix(length)
        bytes = rest.dropFirst(length)
    }

    /// Its component elements; nil if it has none.
    var elements: [DERElement]? {
        var (rest, elements) = (content, [DERElement]())
        while !rest.isEmpty {
            guard let element = DERElement(readingFrom: &rest) else { return nil }
            elements.append(element)
        }
        return elements
    }
}
