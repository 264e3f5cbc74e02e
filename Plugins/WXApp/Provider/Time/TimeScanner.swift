/// Reads the parts of a written time, one after the other. Every step takes what it describes or fails, taking nothing.
struct TimeScanner {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) {
        rest = Array(text.utf8)[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Takes this text.
    mutating func take(_ text: StaticString) -> Bool {
        guard text.withUTF8Buffer({ rest.starts(with: $0) }) else { return false }
        rest = rest.dropFirst(text.utf8CodeUnitCount)
        return true
    }

    /// Takes exactly this many digits.
    mutating func number(digits count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(Self.isDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Takes all digits that follow, as the thousandths of a second that they begin with. Needs one digit.
    mutating func thousandths() -> Int? {
        let digits = rest.prefix(while: Self.isDigit)
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        var thousandths = 0
        for position in 0..<3 {
            thousandths = thousandths * 10 + (digits.dropFirst(position).first.map { Int($0 - 0x30) } ?? 0)
        }
        return thousandths
    }

    /// Takes one of these words and says which.
    mutating func index(in words: [StaticString]) -> Int? {
        words.firstIndex { take($0) }
    }

    /// Takes what is left if it begins and ends with these.
    mutating func takeRest(from first: String, to last: String) -> Bool {
        guard rest.starts(with: first.utf8), rest.reversed().starts(with: last.utf8.reversed()) else { return false }
        rest = []
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
    }
}
