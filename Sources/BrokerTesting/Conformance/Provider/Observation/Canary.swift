import Foundation
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A text that occurs nowhere else, to be searched for where it must not be.
struct Canary: Sendable, CustomStringConvertible {
    /// What the text is, in words that a failure may contain.
    let description: String
    private let pieces: [[UInt8]]
    private let bytePieces: [[UInt8]]

    /// How much of a text reveals it.
    private static let pieceLength = 8

    init(_ description: String, _ text: String) {
        self.description = description
        let bytes = Array(text.utf8)
        bytePieces = Self.pieces(of: bytes, each: Self.pieceLength)
        pieces = bytePieces + Self.hexadecimal(bytes) + Self.base64(bytes)
    }

    /// Whether the text appears there, or a piece of it: unchanged, in Base64, in hexadecimal digits or as a list of
    /// bytes.
    func isFound(in haystack: Haystack) -> Bool {
        pieces.contains(where: haystack.contains) || bytePieces.contains(where: haystack.containsNumbers)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> [[UInt8]] {
        let digits = bytes.hexadecimal
        return [digits, digits.uppercased()].flatMap { pieces(of: Array($0.utf8), each: 2 * pieceLength) }
    }

    private static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
        // What precedes a text shifts it by zero, one or two bytes, and mixes into the adjacent digits.
        (0..<3).flatMap { shift in
            let encoded = Data(repeating: 0, count: shift) + Data(bytes)
            let digits = encoded.base64EncodedString().dropFirst(shift == 0 ? 0 : 4).prefix { $0 != "=" }.dropLast()
            let ofURLs = digits.replacing("+", with: "-").replacing("/", with: "_")
            return [String(digits), String(ofURLs)].flatMap { pieces(of: Array($0.utf8), each: pieceLength + 2) }
        }
    }

    /// Adjacent pieces, and the last one.
    private static func pieces(of bytes: [UInt8], each length: Int) -> [[UInt8]] {
        guard bytes.count > length else { return [bytes] }
        let starts = Array(stride(from: 0, through: bytes.count - length, by: length)) + [bytes.count - length]
        return Set(starts).map { Array(bytes[$0..<$0 + length]) }
    }
}

/// A text that is searched for canaries.
struct Haystack: Sendable {
    private let text: [UInt8]
    /// The numbers in the text that could be bytes: what a byte dump consists of.
    private let numbers: [UInt8]

    init(_ text: String) {
        self.text = Array(text.utf8)
        numbers = Self.numbers(in: self.text)
    }

    /// Everything that a value reveals of itself.
    init<Value>(renderingsOf value: Value) {
        var text = "\(value)\n\(String(reflecting: value))\n"
        debugPrint(value, to: &text)
        dump(value, to: &text)
        self.init(text)
    }

    func contains(_ needle: [UInt8]) -> Bool {
        Self.contains(needle, in: text)
    }

    /// Whether these appear there as consecutive numbers.
    func containsNumbers(_ needle: [UInt8]) -> Bool {
        Self.contains(needle, in: numbers)
    }

    // Every rule searches for hundreds of pieces, which takes most of its time in a build without optimization.
    private static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            needle.withUnsafeBytes { memmem(bytes.baseAddress, bytes.count, $0.baseAddress, $0.count) != nil }
        }
    }

    private static func numbers(in bytes: [UInt8]) -> [UInt8] {
        var numbers: [UInt8] = []
        var current: Int?
        for byte in bytes + [0] {
            if (0x30...0x39).contains(byte) {
                current = min((current ?? 0) * 10 + Int(byte - 0x30), Int(UInt16.max))
            } else if let number = current {
                if let byte = UInt8(exactly: number) { numbers.append(byte) }
                current = nil
            }
        }
        return numbers
    }
}

extension ProviderFixture {
    /// The secrets of the settings and those that logins share, to be searched for.
    var secretCanaries: [Canary] {
        secrets.sorted { $0.key < $1.key }.map { Canary($0.key, $0.value) }
            + sharedSecrets.map { Canary("a secret that the upstream issued to the app", $0) }
    }
}
