import Foundation

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
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
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
