/// Reads the parts of a written time, one after the other. Every step consumes what it describes, or fails and consumes
/// nothing.
struct TimeScanner {
    private let text: [UInt8]
    private var position = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    var isAtEnd: Bool { position == text.count }

    /// Consumes this text.
    mutating func take(_ expected: StaticString) -> Bool {
        let length = expected.utf8CodeUnitCount
        guard text.count - position >= length else { return false }
        let isThere = expected.withUTF8Buffer { bytes in
            bytes.indices.allSatisfy { text[position + $0] == bytes[$0] }
        }
        if isThere { position += length }
        return isThere
    }

    /// Consumes exactly this many digits.
    mutating func number(digits count: Int) -> Int? {
        guard text.count - position >= count else { return nil }
        var number = 0
        for digit in text[position..<position + count] {
            guard Self.isDigit(digit) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        position += count
        return number
    }

    /// Consumes all digits that follow, as a fraction of a second, and returns milliseconds. Needs at least one digit.
    mutating func thousandths() -> Int? {
        let start = position
        var thousandths = 0
        while position < text.count, Self.isDigit(text[position]) {
            if position < start + 3 { thousandths = thousandths * 10 + Int(text[position] - 0x30) }
            position += 1
        }
        switch position - start {
        case 0: return nil
        case 1: return thousandths * 100
        case 2: return thousandths * 10
        default: return thousandths
        }
    }

    /// Consumes one of these words and returns which.
    mutating func index(in words: [StaticString]) -> Int? {
        words.firstIndex { take($0) }
    }

    /// Consumes the rest if it begins and ends with these.
    mutating func takeRest(from first: String, to last: String) -> Bool {
        let rest = text[position...]
        guard rest.starts(with: first.utf8), rest.reversed().starts(with: last.utf8.reversed()) else { return false }
        position = text.count
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
    }
}
