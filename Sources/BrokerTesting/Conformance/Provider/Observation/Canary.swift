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
    private let pieces: [SearchText]
    private let bytePieces: [SearchText]

    /// How much of a text reveals it.
    private static let pieceLength = 8

    init(_ description: String, _ text: String) {
        self.description = description
        let bytes = Array(text.utf8)
        let plain = Self.pieces(of: bytes, each: Self.pieceLength)
        bytePieces = plain.map(SearchText.init)
        pieces = bytePieces + (Self.hexadecimal(bytes) + Self.base64(bytes)).map(SearchText.init)
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
    private let text: SearchText
    /// The numbers in the text that could be bytes: what a byte dump consists of.
    private let numbers: SearchText

    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.text = SearchText(bytes)
        numbers = SearchText(Self.numbers(in: bytes))
    }

    /// Everything that a value reveals of itself.
    init<Value>(renderingsOf value: Value) {
        var text = "\(value)\n\(String(reflecting: value))\n"
        debugPrint(value, to: &text)
        dump(value, to: &text)
        self.init(text)
    }

    func contains(_ needle: SearchText) -> Bool { text.contains(needle) }

    func contains(_ needle: [UInt8]) -> Bool { contains(SearchText(needle)) }

    /// Whether these appear there as consecutive numbers.
    func containsNumbers(_ needle: SearchText) -> Bool { numbers.contains(needle) }

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

/// Bytes as the C library searches for them and in them.
///
/// Every rule of the kit searches for hundreds of pieces: element by element, that would be most of its time in a build without
/// optimization.
struct SearchText: Sendable {
    private let characters: [CChar]

    init(_ bytes: [UInt8]) {
        characters = [CChar](unsafeUninitializedCapacity: bytes.count + 1) { buffer, count in
            let copy = UnsafeMutableRawBufferPointer(buffer)
            bytes.withUnsafeBytes { copy.copyMemory(from: $0) }
            // A NUL would end the text, and no text that is searched for contains one.
            while let base = copy.baseAddress, let end = memchr(base, 0, bytes.count) {
                end.storeBytes(of: 1, as: UInt8.self)
            }
            buffer[bytes.count] = 0
            count = bytes.count + 1
        }
    }

    func contains(_ needle: SearchText) -> Bool { strstr(characters, needle.characters) != nil }
}

extension ProviderFixture {
    /// The secrets of the settings and those that logins share, to be searched for.
    var secretCanaries: [Canary] {
        secrets.sorted { $0.key < $1.key }.map { Canary($0.key, $0.value) }
            + sharedSecrets.map { Canary("a secret that the upstream issued to the app", $0) }
    }
}
