import Foundation

/// Bytes as pairs of digits.
enum Hexadecimal {
    static func encode(_ bytes: Data) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Nil for anything that is not pairs of digits.
    static func decode(_ text: String) -> Data? {
        let digits = Array(text)
        guard digits.count.isMultiple(of: 2) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
        return bytes.contains(nil) ? nil : Data(bytes.compactMap(\.self))
    }
}
