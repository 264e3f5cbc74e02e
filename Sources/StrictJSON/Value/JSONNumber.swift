/// A JSON number (RFC 8259 §6), kept as its text, so that no digit of an id or a time is lost.
///
/// Two numbers are equal when their literals are.
public struct JSONNumber: Sendable, Hashable {
    /// The number as the document writes it, such as `-0`, `1e2` or `20000000000000000000`.
    public let literal: String

    /// An integer, with all its digits.
    public init(_ integer: some BinaryInteger) {
        literal = String(integer)
    }

    /// A number, as the shortest text that reads as the same number; `nil` for infinity and NaN, which JSON lacks.
    public init?(_ double: Double) {
        guard double.isFinite else { return nil }
        let text = double.description
        literal = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Keeps a literal that the caller has checked against the grammar of RFC 8259 §6.
    init(validLiteral literal: String) {
        self.literal = literal
    }

    /// The exact value if it is an integer from `Int64.min` to `Int64.max`, however it is written; otherwise `nil`.
    ///
    /// `1e2` and `100.0` are 100 and `-0` is 0; `1.5` and `9223372036854775808` are `nil`. Nothing is ever rounded.
    public var int64: Int64? {
        Int64(literal) ?? int64WithFractionOrExponent
    }

    /// The nearest `Double`, or `nil` if that would be infinite. A number too close to zero becomes zero.
    public var double: Double? {
        guard let value = Double(literal), value.isFinite else { return nil }
        return value
    }
}

extension JSONNumber {
    /// The value as an integer with contiguous digits: the decimal point moves to the end and the exponent is spelled
    /// out as zeros. This is exact, unlike a conversion through `Double`.
    private var int64WithFractionOrExponent: Int64? {
        let parts = literal.split(maxSplits: 1) { $0 == "e" || $0 == "E" }
        let significand = parts[0].split(separator: ".", maxSplits: 1)
        let fractionCount = significand.count == 2 ? significand[1].utf8.count : 0
        var digits = significand.joined()
        guard digits.contains(where: { ("1"..."9").contains($0) }) else { return 0 }

        // An exponent beyond the length of the literal makes a number below one or beyond `Int64`. The bound also keeps
        // the arithmetic and the zeros below small.
        let exponent = parts.count == 2 ? Int(parts[1]) : 0
        guard let exponent, exponent.magnitude <= literal.utf8.count + 19 else { return nil }

        var missingZeros = exponent - fractionCount
        while missingZeros < 0 {
            guard digits.popLast() == "0" else { return nil }
            missingZeros += 1
        }
        return Int64(digits + String(repeating: "0", count: missingZeros))
    }
}

extension JSONNumber: CustomStringConvertible {
    /// The kind of value and never its digits, which may be a phone number.
    public var description: String { "number" }
}
