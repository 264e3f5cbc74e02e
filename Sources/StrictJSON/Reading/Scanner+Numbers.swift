extension Scanner {
    /// Reads a number (RFC 8259 §6) that begins at `offset`, and returns its range.
    mutating func readNumber(_ bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        let start = offset
        if peek(bytes) == UInt8(ascii: "-") {
            offset += 1
        }
        if peek(bytes) == UInt8(ascii: "0") {
            offset += 1
            guard !isAtDigit(bytes) else { throw JSONError(.invalidNumber, at: offset) }
        } else {
            try readDigits(bytes)
        }
        if peek(bytes) == UInt8(ascii: ".") {
            offset += 1
            try readDigits(bytes)
        }
        if let byte = peek(bytes), byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            offset += 1
            if let sign = peek(bytes), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                offset += 1
            }
            try readDigits(bytes)
        }
        return start..<offset
    }

    /// Reads one or more digits.
    private mutating func readDigits(_ bytes: Span<UInt8>) throws(JSONError) {
        _ = try current(bytes)
        guard isAtDigit(bytes) else { throw JSONError(.invalidNumber, at: offset) }
        repeat {
            offset += 1
        } while isAtDigit(bytes)
    }

    private func isAtDigit(_ bytes: Span<UInt8>) -> Bool {
        guard let byte = peek(bytes) else { return false }
        return UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
