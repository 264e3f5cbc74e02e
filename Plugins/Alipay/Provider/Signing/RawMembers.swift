import UpstreamAPI

/// Where the values of an object's members are in its text, byte for byte: Alipay signs a member of its answer as it is
/// written, and nothing that a reader made of it.
///
/// The text must be a JSON object, which a reader of the whole text checks.
struct RawMembers: Sendable {
    let bytes: [UInt8]
    let encoding: TextRepair.Encoding

    /// The text of the value of a member whose name is written without escapes; nil if there is none.
    func value(of name: String) -> ArraySlice<UInt8>? {
        guard var position = bytes.firstIndex(of: UInt8(ascii: "{")).map({ $0 + 1 }) else { return nil }
        while true {
            position = skippingSpace(position, and: UInt8(ascii: ","))
            guard byte(at: position) == UInt8(ascii: "\""), let nameEnd = endOfString(position) else { return nil }
            let found = bytes[(position + 1)..<(nameEnd - 1)]
            position = skippingSpace(nameEnd, and: UInt8(ascii: ":"))
            guard let end = endOfValue(position) else { return nil }
            if found.elementsEqual(name.utf8) { return bytes[position..<end] }
            position = end
        }
    }

    private func byte(at position: Int) -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private func skippingSpace(_ start: Int, and mark: UInt8) -> Int {
        var position = start
        while let byte = byte(at: position), byte == mark || [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
        return position
    }

    /// The position behind a string that begins here.
    private func endOfString(_ start: Int) -> Int? {
        var position = start + 1
        while let byte = byte(at: position) {
            switch byte {
            case UInt8(ascii: "\""): return position + 1
            case UInt8(ascii: "\\"): position += 2
            default: position += TextRepair.width(of: byte, before: self.byte(at: position + 1), in: encoding)
            }
        }
        return nil
    }

    /// The position behind a value that begins here.
    private func endOfValue(_ start: Int) -> Int? {
        var (position, depth) = (start, 0)
        while let byte = byte(at: position) {
            switch byte {
            case UInt8(ascii: "\""):
                guard let end = endOfString(position) else { return nil }
                position = end
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
                continue
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // A number or a word ends before what its object ends with.
                guard depth > 0 else { return position > start ? position : nil }
                depth -= 1
                position += 1
            case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D:
                if depth == 0 { return position > start ? position : nil }
                position += 1
                continue
            default:
                position += 1
                continue
            }
            if depth == 0 { return position }
        }
        return nil
    }
}
